/** Where the archive is for this sign-in. */
import { useMemo } from 'react'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import type { StudyRef } from '../../viewer/types'

export type Roots = Pick<StudyRef, 'dicomweb' | 'imaging'>

export const rootsOf = ({
  dicomweb_url,
  imaging_url,
}: Pick<Schemas['SessionOut'], 'dicomweb_url' | 'imaging_url'>): Roots => ({
  dicomweb: dicomweb_url,
  imaging: imaging_url,
})

export function useRoots(): Roots {
  const { dicomweb_url, imaging_url } = useSession()
  return useMemo(() => rootsOf({ dicomweb_url, imaging_url }), [dicomweb_url, imaging_url])
}
