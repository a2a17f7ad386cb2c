/** How rounds, series and what stands in their way are written. */
import { useTranslation } from 'react-i18next'
import { type Clash, useWhatTakes } from '../../consultation/bookings'
import { useFormat } from '../../i18n/format'
import type { Tone } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import type { Limit, Occurrence, RoundState, Row, Series } from './queries'
import { type Nth, ruleOf } from './rule'

export const TONES: Record<RoundState, Tone> = {
  ...{ planned: 'quiet', list_open: 'brand', list_locked: 'brand', ready: 'done' },
  ...{ live: 'brand', paused: 'urgent', completed: 'urgent', signed: 'done' },
  ...{ closed: 'quiet', cancelled: 'quiet', converted: 'brand' },
} as const

export const nthKey = (nth: Nth) => (nth === -1 ? 'last' : (`n${nth}` as const))

type Of = { branch_id: string; ward: string; ward_en: string }

export function useRoundWords() {
  const { t } = useTranslation()
  const { named, withTitle, hospital } = usePeopleWords()
  const { time, day } = useFormat()
  const ward = (row: Of): string => named({ name: row.ward, name_en: row.ward_en })
  return {
    ward,
    hospital,
    named,
    withTitle,
    span: ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) =>
      `${time(starts_at)}–${time(ends_at)}`,
    /** 12月1日周二 08:30–09:30 */
    whole: ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) =>
      `${day(Date.parse(starts_at))} ${time(starts_at)}–${time(ends_at)}`,
    /** 12月1日周二 08:30 */
    when: (iso: string) => `${day(Date.parse(iso))} ${time(iso)}`,
    /** 王怀瑾 主任医师 · 已接受 */
    lead: ({ lead, lead_answered }: Row): string | null =>
      lead &&
      [withTitle(lead), lead_answered && t(`rounds.answer.${lead_answered}`)]
        .filter(Boolean)
        .join(' · '),
    counts: ({ proposed, confirmed, visited }: Row) =>
      t('rounds.counts', {
        all: String(proposed + confirmed),
        confirmed: String(confirmed),
        visited: String(visited),
      }),
  }
}

export function useRuleWords() {
  const { t } = useTranslation()
  /** 每周二、周四; a rule of another kind as it is. */
  const rule = (rrule: string): string => {
    const known = ruleOf(rrule)
    if (!known) return rrule
    const days = known.days.map((day) => t(`rounds.rule.day.${day}`)).join(t('rounds.rule.comma'))
    const nth = t(`rounds.rule.nth.${nthKey(known.nth)}`)
    const n = String(known.every)
    if (known.each === 'week')
      return known.every === 1
        ? t('rounds.rule.weekly', { days })
        : t('rounds.rule.weeks', { n, days })
    return known.every === 1
      ? t('rounds.rule.monthly', { nth, days })
      : t('rounds.rule.months', { n, nth, days })
  }
  return ({ rrule, at, minutes }: Pick<Series, 'rrule' | 'at' | 'minutes'>): string =>
    t('rounds.rule.whole', { rule: rule(rrule), at, minutes: String(minutes) })
}

export function useClashWords() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { time } = useFormat()
  const what = useWhatTakes()
  return (clash: Clash): string =>
    t('rounds.preview.clash', {
      name: named(clash),
      time: `${time(clash.starts_at)}–${time(clash.ends_at)}`,
      what: what(clash),
    })
}

export function useLimitWords() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { time } = useFormat()
  return (one: Limit): string =>
    t(`rounds.limits.of.${one.limit}`, {
      name: named(one),
      time: `${time(one.starts_at)}–${time(one.ends_at)}`,
      minutes: String(one.minutes),
      places: String(one.places),
      people: String(one.people),
    })
}

/** What stands in the way of one round to come, a sentence each; `limits`: what it
 *  should respect; `quiet`: nothing that must be dealt with. */
export function useConflictWords() {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const clash = useClashWords()
  const limit = useLimitWords()
  return (one: Occurrence) => ({
    limits: one.limits.map(limit),
    conflicts: [
      ...(one.lead_id ? [] : [t('rounds.preview.nobody')]),
      ...one.closed.map((id) => t('rounds.preview.closed', { hospital: hospital(id) })),
      ...(one.not_covered ? [t('rounds.preview.not_covered')] : []),
      ...(one.same_ward ? [t('rounds.preview.same_ward')] : []),
      ...one.clashes.map(clash),
    ],
    quiet: [
      ...(one.moved ? [t('rounds.preview.moved')] : []),
      ...(one.guessed.length > 0
        ? [t('rounds.preview.guessed', { years: one.guessed.join(' / ') })]
        : []),
    ],
  })
}
