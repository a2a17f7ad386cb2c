/** The study of a reading and the priors held beside it, for the study panel. */
import { useMemo } from 'react'
import { usePeopleWords } from '../../kit/people'
import type { StudyRef } from '../../viewer/types'
import { useRoots } from '../studies/roots'
import type { Reading } from './queries'

export function useReadingStudies(reading: Reading): StudyRef[] {
  const roots = useRoots()
  const { hospital } = usePeopleWords()
  const { study, recalled, received, expected, priors_held } = reading
  const name = hospital(study.hospital_id)
  // Read anew while somebody works here, so that the same array is passed while nothing has changed.
  const priors = JSON.stringify(priors_held.map((one) => [one.study_uid, one.received]))
  return useMemo(() => {
    if (recalled || received === 0) return []
    const at = { hospital: study.hospital_id, hospitalName: name, ...roots }
    const incomplete = expected !== null && received < expected ? { received, expected } : null
    const earlier = (JSON.parse(priors) as [string, number][]).filter(([, images]) => images > 0)
    return [
      { ...at, uid: study.study_uid, received, incomplete },
      ...earlier.map(([uid, images]) => ({ ...at, uid, received: images, prior: true })),
    ]
  }, [study.hospital_id, study.study_uid, roots, name, recalled, received, expected, priors])
}
