/** How a study is written: what it is, when it was taken, how much of it is here. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'

type Brief = { description: string; modalities: readonly string[]; taken_at: string | null }
type Counted = { received: number; expected: number | null }

export function useStudyWords() {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return {
    title: ({ description, modalities }: Brief): string =>
      [modalities.join('/'), description].filter((part) => part !== '').join(' ') ||
      t('studies.study.unnamed'),
    taken: ({ taken_at }: Brief): string =>
      taken_at
        ? t('studies.study.taken', { at: dateTime(taken_at) })
        : t('studies.study.not_taken'),
    /** Nothing where its header has none. */
    accession: ({ accession_number }: { accession_number: string }): string =>
      accession_number && t('studies.study.accession', { number: accession_number }),
    count: ({ received, expected }: Counted): string => {
      if (expected === null) return t('studies.study.unknown', { count: received })
      if (expected === received) return t('studies.study.count', { count: received })
      return t('studies.study.part_of', { received: String(received), expected: String(expected) })
    },
  }
}
