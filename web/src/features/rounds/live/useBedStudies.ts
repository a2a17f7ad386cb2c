/** The studies of a bed as the viewer takes them. */
import { useMemo } from 'react'
import { usePeopleWords } from '../../../kit/people'
import type { StudyRef } from '../../../viewer/types'
import { useRoots } from '../../studies/roots'
import type { Bed } from './queries'

/** The same array while nothing has changed. */
export function useBedStudies(bed: Bed | undefined): StudyRef[] {
  const roots = useRoots()
  const { hospital } = usePeopleWords()
  const known = JSON.stringify(
    (bed?.images ?? [])
      .filter((each) => each.images > 0)
      .map((each) => ({
        hospital: each.hospital_id,
        hospitalName: hospital(each.hospital_id),
        uid: each.study_uid,
        received: each.images,
      })),
  )
  return useMemo(
    () =>
      (JSON.parse(known) as Omit<StudyRef, 'dicomweb'>[]).map((each) => ({ ...each, ...roots })),
    [known, roots],
  )
}
