/** How rounds, series and what stands in their way are written. */
import { useTranslation } from 'react-i18next'
import { type Said, useComingWords } from '../../consultation/series/words'
import { useFormat } from '../../i18n/format'
import type { Tone } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import type { Occurrence, RoundState, Row } from './queries'

export const TONES: Record<RoundState, Tone> = {
  ...{ planned: 'quiet', list_open: 'brand', list_locked: 'brand', ready: 'done' },
  ...{ live: 'brand', paused: 'urgent', completed: 'urgent', signed: 'done' },
  ...{ closed: 'quiet', cancelled: 'quiet', converted: 'brand' },
} as const

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
      [withTitle(lead), lead_answered && t(`rounds_answer.state.${lead_answered}`)]
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

/** What stands in the way of one round to come. */
export function useConflictWords(): (one: Occurrence) => Said {
  const { t } = useTranslation()
  const words = useComingWords()
  return (one) => {
    const { conflicts, ...said } = words(one)
    const own = [
      ...(one.lead_id ? [] : [t('rounds.preview.nobody')]),
      ...(one.not_covered ? [t('rounds.preview.not_covered')] : []),
      ...(one.same_ward ? [t('rounds.preview.same_ward')] : []),
    ]
    return { ...said, conflicts: [...own, ...conflicts] }
  }
}
