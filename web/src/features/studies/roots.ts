/** Where the archive is for this sign-in, and whose the sign-in is. */
import { useMemo } from 'react'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import type { StudyRef } from '../../viewer/types'

export type Roots = Pick<StudyRef, 'dicomweb' | 'imaging' | 'reader'>

export const rootsOf = ({
  dicomweb_url,
  imaging_url,
  actor,
}: Pick<Schemas['SessionOut'], 'dicomweb_url' | 'imaging_url' | 'actor'>): Roots => ({
  dicomweb: dicomweb_url,
  imaging: imaging_url,
  ...(actor ? { reader: actor.id } : {}),
})

export function useRoots(): Roots {
  const session = useSession()
  const { dicomweb_url, imaging_url, actor } = session
  return useMemo(
    () => rootsOf({ dicomweb_url, imaging_url, actor }),
    [dicomweb_url, imaging_url, actor],
  )
}
