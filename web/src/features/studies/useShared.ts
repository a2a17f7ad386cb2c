/** Shared viewing on one viewer: follow the presenter until one touches the image, present when asked. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { Coalescer } from '../../viewer/share'
import type { StudyRef, ViewState } from '../../viewer/types'
import type { Sharing } from './sharing'
import type { Opened } from './useViewer'

export type Mode = 'follow' | 'free'

/** What the others show and point at. `shows`: whether their view comes to this image. */
function useRemote(
  opened: Opened | null,
  remote: Sharing['remote'] | undefined,
  studies: readonly StudyRef[],
  shows: boolean,
) {
  const [elsewhere, setElsewhere] = useState(false)
  const [pointing, setPointing] = useState<readonly string[]>([])
  useEffect(() => {
    if (!opened || !remote) return
    const show = (state: ViewState) => {
      const known = studies.some((s) => s.hospital === state.hospital && s.uid === state.study)
      setElsewhere(!known)
      if (known) void opened.viewer.follow(state)
    }
    const here = new Set<string>()
    return remote.listen({
      view: (state) => {
        // While one presents oneself, what comes in is from one's own other window.
        if (shows) show(state)
      },
      pointer: (pointer) => {
        opened.viewer.pointer(pointer)
        const had = here.has(pointer.id)
        if (pointer.place) here.add(pointer.id)
        else here.delete(pointer.id)
        if (had !== here.has(pointer.id)) setPointing([...here])
      },
    })
  }, [opened, remote, shows, studies])

  return { elsewhere, pointing }
}

export function useShared(
  opened: Opened | null,
  studies: readonly StudyRef[],
  sharing: Sharing | undefined,
) {
  const [mode, setMode] = useState<Mode>('follow')
  const { presenter = null, remote } = sharing ?? {}
  const presenterId = presenter?.id ?? null
  const mine = presenter?.me ?? false
  const starts = sharing?.starts ?? true
  const following = presenter !== null && !mine && mode === 'follow'

  // Another presenter: everybody follows again, and whoever became it shows what is on the screen.
  const touched = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of presenter is the event
  useEffect(() => {
    setMode('follow')
    touched.current = false
  }, [presenterId])

  const latest = useRef(sharing)
  useEffect(() => {
    latest.current = sharing
  })
  const outgoing = useMemo(
    () => new Coalescer<ViewState>((state) => latest.current?.onView(state)),
    [],
  )
  useEffect(() => () => outgoing.dispose(), [outgoing])

  useEffect(() => {
    const state = mine && starts ? opened?.viewer.viewState() : null
    if (state) outgoing.offer(state)
  }, [mine, starts, opened, outgoing])

  const names = sharing?.names
  useEffect(() => {
    if (names) opened?.viewer.setNames((id) => names.get(id) ?? '')
  }, [opened, names])

  const { elsewhere, pointing } = useRemote(opened, remote, studies, following || mine)

  return {
    mode,
    setMode,
    following,
    elsewhere: following && elsewhere,
    /** Whose pointers are on the image, by their ids. */
    pointing,
    /** The viewer painted what this person did. */
    onView: (state: ViewState) => {
      if (mine && (starts || touched.current)) outgoing.offer(state)
    },
    onTouch: () => {
      touched.current = true
      if (following) setMode('free')
    },
  }
}
