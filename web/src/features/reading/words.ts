/** How a reading is written: what was examined, whose it is, how much of it is here. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import type { Row } from './queries'

export const PARTS_OF_BODY = [
  ...(['head', 'neck', 'chest', 'heart', 'abdomen', 'pelvis', 'spine', 'breast'] as const),
  ...(['upper_limb', 'lower_limb', 'whole_body'] as const),
]
export const FIELDS = ['neuro', 'chest', 'abdomen', 'bones', 'breast', 'any'] as const

/** Since when the time runs that is left: what was returned has one of its own. */
export const beganAt = ({ state, state_since, requested_at }: Row): string =>
  state === 'returned' ? state_since : requested_at

export function useReadingWords() {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { brief, place } = usePatientWords()
  const { named, hospital } = usePeopleWords()
  return {
    who: ({ patient }: Row) => brief(patient),
    place: ({ patient }: Row) => place({ ...patient, hospital: hospital(patient.hospital_id) }),
    examination: ({ examination, part, side }: Row) =>
      [examination || t(`reading.part.${part}`), side !== 'none' && t(`reading.side.${side}`)]
        .filter(Boolean)
        .join(' · '),
    state: ({ state, only_reviewed }: Row) =>
      t(only_reviewed ? 'reading.only_reviewed' : `reading.state.${state}`),
    /** Whose it is; null while nobody has it. */
    claim: ({ claim }: Row) => {
      if (!claim) return null
      const name = named(claim)
      if (claim.at === null) return t(claim.mine ? 'reading.given_me' : 'reading.given', { name })
      return t(claim.mine ? 'reading.mine' : 'reading.claimed_by', { name, at: time(claim.at) })
    },
    images: ({ received, expected, recalled }: Row) => {
      if (recalled) return t('reading.recalled')
      if (expected === null) return t('reading.counted', { received: String(received) })
      return t(received < expected ? 'reading.waits' : 'reading.whole', {
        received: String(received),
        expected: String(expected),
      })
    },
  }
}
