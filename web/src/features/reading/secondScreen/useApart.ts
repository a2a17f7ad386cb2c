/** The page's side: whether its images are in a window of their own, and what comes from there. */
import { type RefObject, useEffect, useRef } from 'react'
import { useSession } from '../../../api/session'
import { useSessionEnded } from '../../../api/signedOut'
import type { Cited, KeyImage } from '../../../viewer/types'
import { useStore } from '../../room/visit/useVisit'
import type { Reading } from '../queries'
import { useAltKey } from '../useAltKey'
import { imagesWindow, type State } from './imagesWindow'

type Does = {
  onCite: ((cited: Cited) => void) | undefined
  onKeyImage: ((image: KeyImage) => Promise<void>) | undefined
  /** Whether all pictures on the screen have come, in their full quality. */
  sharp: RefObject<boolean>
}

export function useApart({ id }: Reading, does: Does): State {
  const { actor } = useSession()
  const ended = useSessionEnded()
  const state = useStore(imagesWindow.store)
  const latest = useRef(does)
  useEffect(() => {
    latest.current = does
  })
  useEffect(() => {
    if (ended) return
    return imagesWindow.attend({
      actor: actor.id,
      reading: id,
      onCite: (cited) => latest.current.onCite?.(cited),
      onKeyImage: (image) => latest.current.onKeyImage?.(image) ?? Promise.reject(new Error()),
    })
  }, [actor.id, id, ended])
  const { sharp } = does
  const apart = state.at === 'apart'
  const there = apart && state.shows === id && state.sharp
  useEffect(() => {
    if (!apart) return
    sharp.current = there
    // Back on the page, the images there say so themselves, and until then they are not.
    return () => {
      sharp.current = false
    }
  }, [apart, there, sharp])
  useAltKey('w', () => (apart ? imagesWindow.close() : imagesWindow.open()))
  return state
}
