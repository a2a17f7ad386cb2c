/** The studies and patient of a consultation, for the study panel. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import { studyKey } from '../../viewer/catalog'
import type { ExpectedPatient, StudyRef } from '../../viewer/types'
import { type Roots, useRoots } from './roots'

type Consultation = Pick<Schemas['ConsultationOut'], 'studies' | 'taken_away' | 'patient'>
type Study = Schemas['StudyOut']
type Patient = Schemas['PatientOut']

const WEEK_MS = 7 * 86_400_000

/** Whether it is a prior (既往): more than a week older than the newest. */
export const isPrior = (study: Study, all: readonly Study[]): boolean => {
  const newest = Math.max(...all.map(({ taken_at }) => (taken_at ? Date.parse(taken_at) : 0)))
  return study.taken_at !== null && Date.parse(study.taken_at) < newest - WEEK_MS
}

/** The confirmed studies with images, priors last. */
export function studiesOf(
  all: readonly Study[],
  roots: Roots,
  hospital: (id: string) => string,
): StudyRef[] {
  return all
    .flatMap((study): StudyRef[] => {
      if (!study.study_uid || study.received === 0 || study.link !== 'confirmed') return []
      const missing = study.expected !== null && study.received < study.expected
      return [
        {
          hospital: study.hospital_id,
          uid: study.study_uid,
          ...roots,
          hospitalName: hospital(study.hospital_id),
          prior: isPrior(study, all),
          received: study.received,
          incomplete:
            missing && study.expected !== null
              ? { received: study.received, expected: study.expected }
              : null,
        },
      ]
    })
    .sort((a, b) => Number(a.prior) - Number(b.prior))
}

const SEX = { male: 'M', female: 'F', unknown: null } as const

export const expectedOf = (patient: Patient): ExpectedPatient => ({
  name: patient.name,
  pinyin: patient.pinyin,
  sex: SEX[patient.sex],
  birthDate: patient.birth_date,
  identifiers: (patient.identifiers ?? []).map(({ value }) => value),
})

/** Why a study is no longer shown, in the reader's language; `by` is who decided it and when. */
export type Gone = { id: string; title: string; why: string; by: string; reason: string }

/** The studies that are no longer shown, by `studyKey`. */
function useGone(takenAway: Consultation['taken_away']): ReadonlyMap<string, Gone> {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words follow from the language
  return useMemo(
    () =>
      new Map(
        takenAway.map((one) => [
          studyKey(one.hospital_id, one.study_uid),
          {
            id: one.study_uid,
            title: one.title || t('viewer.study'),
            why: t(`viewer.why_gone.${one.why}`),
            by: `${named({ name: one.by_name, name_en: one.by_name_en })} ${moment(one.at)}`.trim(),
            reason: one.reason,
          },
        ]),
      ),
    [takenAway, i18n.language],
  )
}

/** Returns the same objects while the consultation's studies and patient are the same. */
export function useConsultationStudies({ studies, taken_away, patient }: Consultation): {
  studies: StudyRef[]
  gone: ReadonlyMap<string, Gone>
  expected: ExpectedPatient | null
} {
  const roots = useRoots()
  const { hospital } = usePeopleWords()
  const { language } = useTranslation().i18n
  // biome-ignore lint/correctness/useExhaustiveDependencies: hospital is new at each render, its names are not
  const shown = useMemo(() => studiesOf(studies, roots, hospital), [studies, roots, language])
  const expected = useMemo(() => (patient ? expectedOf(patient) : null), [patient])
  return { studies: shown, gone: useGone(taken_away), expected }
}
