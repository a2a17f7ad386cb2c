/** The draft of one consultation, shared by the editor and the viewer beside it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { newId } from '../../id'
import { Keeper } from '../../kit/unsent/keeper'
import { beforeLeaving } from '../../kit/unsent/leaving'
import type { Shelf } from '../../kit/unsent/shelf'
import { useShelf } from '../../kit/unsent/useUnsent'
import type { KeyImage } from '../../viewer/types'
import { whole } from './content'
import { Desk } from './desk'
import { type Draft, type Image, opinionQuery, saveDraft, uploadFile } from './queries'

/** A desk lives as long as somebody looks at it; editor and viewer of one consultation share it. */
type Kept = { desk: Desk; keeper: Keeper; users: number }
const desks = new Map<string, Kept>()

const keyOf = (id: string, draft: Pick<Draft, 'number'>) => `${id}/${draft.number}`
/** The name under which what could not be sent lies on this computer. */
export const unsentOf = (id: string, draft: Pick<Draft, 'number'>) => `opinion/${keyOf(id, draft)}`

function take(key: string, id: string, draft: Draft, shelf: Shelf): Kept {
  const known = desks.get(key)
  if (known) return known
  const keeper = new Keeper(shelf, unsentOf(id, draft))
  const desk = new Desk(draft, (...what) => saveDraft(id, ...what), whole, keeper)
  const kept = { desk, keeper, users: 0 }
  desks.set(key, kept)
  return kept
}

/** Nothing where this person does not write. */
export function useDesk(id: string): Pick<Kept, 'desk' | 'keeper'> | null {
  const shelf = useShelf()
  const { data } = useQuery(opinionQuery(id))
  const draft = data?.may.write ? data.draft : null
  const key = draft ? keyOf(id, draft) : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer reading is received, below
  const taken = useMemo(() => (draft && key ? take(key, id, draft, shelf) : null), [key])
  const desk = taken?.desk
  useEffect(() => {
    if (desk && draft) desk.receive(draft)
  }, [desk, draft])
  useEffect(() => {
    if (!key || !taken) return
    const { desk } = taken
    const kept = desks.get(key) ?? taken
    desks.set(key, kept)
    kept.users += 1
    const stay = beforeLeaving(() => desk.flush())
    window.addEventListener('pagehide', desk.leave)
    return () => {
      stay()
      window.removeEventListener('pagehide', desk.leave)
      kept.users -= 1
      if (kept.users > 0) return
      desk.dispose()
      desks.delete(key)
    }
  }, [key, taken])
  return taken
}

export const useDeskState = (desk: Desk) => useSyncExternalStore(desk.subscribe, () => desk.state)

const SIDES: Record<string, Image['side']> = { L: 'left', R: 'right', B: 'both' }

/** For the viewer: puts what is painted into the opinion. Nothing where this person does not write. */
export function useKeyImage(id: string): ((image: KeyImage) => Promise<void>) | undefined {
  const desk = useDesk(id)?.desk
  const client = useQueryClient()
  const take = useCallback(
    async (image: KeyImage) => {
      if (!desk) return
      const file = await uploadFile('key_image', image.jpeg, 'key-image.jpg')
      const names = client.getQueryData<{
        studies: { study_uid: string | null; description: string }[]
      }>(['consultation', id])
      const study = names?.studies.find((each) => each.study_uid === image.studyUid)
      const made: Image = {
        key: newId(),
        file_id: file.id,
        hospital_id: image.hospital,
        study_uid: image.studyUid,
        series_uid: image.seriesUid,
        instance_uid: image.sopUid,
        frame: image.frame,
        window_center: image.voi.center,
        window_width: image.voi.width,
        side: SIDES[image.laterality ?? ''] ?? null,
        study: study?.description ?? '',
        taken_at: image.studyDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
        series_number: image.seriesNumber,
        image_number: image.position,
        image_count: image.count,
        note: '',
      }
      desk.change({ key_images: [...desk.state.content.key_images, made] })
      // It is in the draft now, which says by itself whether it is saved: nobody is to take it again.
      void desk.flush().catch(() => undefined)
    },
    [desk, client, id],
  )
  return desk ? take : undefined
}
