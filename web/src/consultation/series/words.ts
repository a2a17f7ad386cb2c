/** How what comes again, and what stands in the way of it, is written. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import type { Clash, Limit } from '../bookings'
import { useClashWords, useLimitWords } from '../takingWords'
import { type Nth, ruleOf } from './rule'

export const nthKey = (nth: Nth) => (nth === -1 ? 'last' : (`n${nth}` as const))

export function useRuleWords() {
  const { t } = useTranslation()
  /** 每周二、周四; a rule of another kind as it is. */
  const rule = (rrule: string): string => {
    const known = ruleOf(rrule)
    if (!known) return rrule
    const days = known.days.map((day) => t(`series.rule.day.${day}`)).join(t('series.rule.comma'))
    const nth = t(`series.rule.nth.${nthKey(known.nth)}`)
    const n = String(known.every)
    if (known.each === 'week')
      return known.every === 1
        ? t('series.rule.weekly', { days })
        : t('series.rule.weeks', { n, days })
    return known.every === 1
      ? t('series.rule.monthly', { nth, days })
      : t('series.rule.months', { n, nth, days })
  }
  return ({ rrule, at, minutes }: { rrule: string; at: string; minutes: number }): string =>
    t('series.rule.whole', { rule: rule(rrule), at, minutes: String(minutes) })
}

/** 12月1日周二 08:30 */
export function useWhenWords(): (iso: string) => string {
  const { time, day } = useFormat()
  return (iso) => `${day(Date.parse(iso))} ${time(iso)}`
}

/** One time to come of a series, of rounds or of others. */
export type Coming = {
  on: string
  starts_at: string
  ends_at: string
  moved: boolean
  closed: string[]
  guessed: number[]
  clashes: Clash[]
  limits: Limit[]
}
/** One time to come that was left out. */
export type LeftOut = Schemas['LeftOut']
/** A sentence each. `limits`: what it should respect; `quiet`: nothing that must be dealt with. */
export type Said = { conflicts: string[]; limits: string[]; quiet: string[] }

/** What stands in the way of one time to come. `by`: by whose booking, too. */
export function useComingWords(by = false): (one: Coming) => Said {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const clash = useClashWords(by)
  const limit = useLimitWords()
  return (one) => ({
    limits: one.limits.map(limit),
    conflicts: [
      ...one.closed.map((id) => t('series.coming.closed', { hospital: hospital(id) })),
      ...one.clashes.map(clash),
    ],
    quiet: [
      ...(one.moved ? [t('series.coming.moved')] : []),
      ...(one.guessed.length > 0
        ? [t('series.coming.guessed', { years: one.guessed.join(' / ') })]
        : []),
    ],
  })
}
