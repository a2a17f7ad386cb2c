/** Shared viewing on one viewer: follows the presenter until the reader touches the image; presents. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { Coalescer } from '../../viewer/share'
import type { StudyRef, ViewState } from '../../viewer/types'
import type { Sharing } from './sharing'
import type { Opened } from './useViewer'

export type Mode = 'follow' | 'free'

/** Shows the others' pointers, and if `shows` also their view. */
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
        // While this person presents, views come from their own other window.
        if (shows) show(state)
      },
      pointer: (pointer) => {
        opened.viewer.screen.point(pointer)
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

  // After a change of presenter everybody follows again, and the new presenter sends their present view.
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
    if (names) opened?.viewer.screen.name((id) => names.get(id) ?? '')
  }, [opened, names])

  const { elsewhere, pointing } = useRemote(opened, remote, studies, following || mine)

  return {
    mode,
    setMode,
    following,
    elsewhere: following && elsewhere,
    /** The ids of those whose pointers are on the image. */
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
