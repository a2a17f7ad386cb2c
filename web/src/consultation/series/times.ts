/** When a series is, as its form holds it, and what of that is still missing. */
import { serverNow } from '../../api/clock'
import { siteDay } from '../../zone'
import { type Rule, rruleOf, ruleOf } from './rule'

export type Times = { rule: Rule; starts_on: string; at: string; minutes: string }

const WEEKLY: Rule = { each: 'week', every: 1, days: [], nth: 1 }
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/
const DAY_MS = 24 * 60 * 60_000

type Row = { rrule: string; starts_on: string; at: string; minutes: number }

/** What of it cannot be read is asked for anew. */
export const timesOf = ({ rrule, starts_on, at, minutes }: Row): Times => ({
  ...{ rule: ruleOf(rrule) ?? WEEKLY, starts_on, minutes: String(minutes) },
  at: CLOCK.test(at) ? at : '',
})

/** From tomorrow on. */
export const newTimes = (at: string): Times => ({
  ...{ rule: WEEKLY, starts_on: siteDay(serverNow() + DAY_MS), at, minutes: '60' },
})

/** As the server takes them. `since`: the day from which it is so. */
export const givenTimes = ({ rule, starts_on, at, minutes }: Times, since: string) => ({
  ...{ rrule: rruleOf(rule), starts_on: since || starts_on, at, minutes: Number(minutes) },
})

/** The server's bounds. */
export const between = (text: string, least: number, most: number): boolean =>
  Number.isInteger(Number(text)) && Number(text) >= least && Number(text) <= most

/** Which fields are filled in; `most`: the longest that it may last, in minutes. */
export const timesFit = ({ rule, starts_on, at, minutes }: Times, most: number) => ({
  days: rruleOf(rule) !== '' && between(String(rule.every), 1, 12),
  starts_on: starts_on !== '',
  at: at !== '',
  minutes: between(minutes, 10, most),
})
const FIELDS = { days: true, starts_on: true, at: true, minutes: true } as const
export const isTimes = (key: string): key is keyof typeof FIELDS => Object.hasOwn(FIELDS, key)
