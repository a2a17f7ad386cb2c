/** A series while it is planned or edited, as its form holds it; and what it still lacks. */
import { serverNow } from '../../../api/clock'
import { siteDay } from '../../../zone'
import type { Choices, Series, SeriesIn } from '../queries'
import { type Rule, rruleOf, ruleOf } from '../rule'

export type Draft = {
  branch: string
  ward: string
  specialty: string
  rule: Rule
  starts_on: string
  at: string
  minutes: string
  leads: string[]
  cadence_days: string
  venue: string
  cart: string
  accompanying: string
}

const WEEKLY: Rule = { each: 'week', every: 1, days: [], nth: 1 }
const DAY_MS = 24 * 60 * 60_000

export function draftOf(row: Series | null, choices: Choices): Draft {
  const [branch] = choices.branches
  if (row)
    return {
      ...{ branch: row.branch_id, ward: row.ward_id, specialty: row.specialty },
      ...{ rule: ruleOf(row.rrule) ?? WEEKLY, starts_on: row.starts_on, at: row.at },
      ...{ minutes: String(row.minutes), leads: row.leads.map(({ id }) => id) },
      ...{ cadence_days: String(row.cadence_days), venue: row.venue_id ?? '' },
      ...{ cart: row.cart_id ?? '', accompanying: row.accompanying_id ?? '' },
    }
  return {
    ...{
      branch: branch?.id ?? '',
      ward: branch?.wards.length === 1 ? (branch.wards[0]?.id ?? '') : '',
    },
    specialty: choices.specialties.length === 1 ? (choices.specialties[0] ?? '') : '',
    ...{ rule: WEEKLY, starts_on: siteDay(serverNow() + DAY_MS), at: '08:30', minutes: '60' },
    ...{ leads: [], cadence_days: '7', venue: '', cart: '', accompanying: '' },
  }
}

/** The server's bounds. */
const between = (text: string, least: number, most: number) =>
  Number.isInteger(Number(text)) && Number(text) >= least && Number(text) <= most

export function lacks({ rule, ...draft }: Draft) {
  const fits = {
    ...{ branch: draft.branch, ward: draft.ward, specialty: draft.specialty },
    days: rruleOf(rule) && between(String(rule.every), 1, 12),
    ...{ starts_on: draft.starts_on, at: draft.at },
    ...{ minutes: between(draft.minutes, 10, 240), pool: draft.leads.length > 0 },
    cadence_days: between(draft.cadence_days, 1, 60),
  }
  return (Object.keys(fits) as (keyof typeof fits)[]).filter((key) => !fits[key])
}

/** `since`: the day from which it is so. */
export const given = (draft: Draft, since = ''): SeriesIn => ({
  ...{ branch_id: draft.branch, ward_id: draft.ward, specialty: draft.specialty },
  ...{ rrule: rruleOf(draft.rule), starts_on: since || draft.starts_on, at: draft.at },
  ...{ minutes: Number(draft.minutes), leads: draft.leads },
  ...{ cadence_days: Number(draft.cadence_days), venue_id: draft.venue || null },
  ...{ cart_id: draft.cart || null, accompanying_id: draft.accompanying || null },
})
