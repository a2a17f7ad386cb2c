/** Connects the study panel to the call's stage: presenter, shared view, pointers, marks. */
import { useEffect, useMemo, useRef } from 'react'
import type { Call, CallState } from '../../../call'
import { Remote } from '../../../viewer/remote'
import type { Place, StudyRef, ViewState } from '../../../viewer/types'
import type { Sharing } from '../../studies/sharing'
import { type Meeting, usePeers } from '../visit/usePeers'

/** When the meeting begins, whoever `opens` it presents unless somebody does; from then on it is as people choose. */
function useFirstPresenter(sharing: Sharing, ready: boolean) {
  const settled = useRef(false)
  const { presenter, canPresent, take } = sharing
  useEffect(() => {
    if (settled.current || !ready || !canPresent) return
    settled.current = true
    if (presenter === null) take()
  }, [ready, canPresent, presenter, take])
}

const scopeOf = ({ hospital, study }: { hospital: string; study: string }) => `${hospital}/${study}`

/** Checks a received view, because another version of this page may have sent it. */
const isView = (payload: unknown): payload is ViewState =>
  typeof payload === 'object' && payload !== null && 'instance' in payload && 'camera' in payload
/** Of which image marks are; the panel checks the marks themselves. */
const imageIn = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null && 'instance' in payload && 'frame' in payload
    ? `${payload.instance}/${payload.frame}`
    : ''
const isPlace = (payload: unknown): payload is Place =>
  typeof payload === 'object' && payload !== null && 'instance' in payload && 'column' in payload

export function useSharing(
  call: Call,
  state: CallState,
  studies: readonly StudyRef[],
  c: Meeting,
  opens: boolean,
): Sharing {
  const peer = usePeers(c)
  const { presenter: id, self, people, studies: mine } = state
  const remote = useMemo(() => new Remote(), [])
  useEffect(() => () => remote.dispose(), [remote])

  useEffect(() => {
    const views = call.stage.on('viewport', ({ payload }) => {
      if (isView(payload)) remote.view(payload)
    })
    const pointers = call.stage.on('pointer', ({ from, payload }) => {
      const place = isPlace(payload) ? payload : null
      remote.pointer({ id: from, place })
    })
    const marks = call.stage.annotations.listen({
      drawn: (author, scope, payload) => {
        const [hospital = '', study = ''] = scope.split('/')
        const image = `${scope}/${imageIn(payload)}`
        remote.marks({ author, image, sent: { hospital, study, payload } })
      },
      gone: (author) => remote.gone(author),
    })
    return () => {
      views()
      pointers()
      marks()
    }
  }, [call, remote])
  useEffect(() => {
    if (id === null || id === self) remote.view(null)
  }, [id, self, remote])

  // As text, so that it only changes when a name does.
  const names = JSON.stringify(people.map((each) => [each.id, peer(each).name]))
  const known = useMemo(() => new Map(JSON.parse(names) as [string, string][]), [names])
  const presenterName = known.get(id ?? '') ?? ''
  const firstScope =
    studies.map((each) => `${each.hospital}/${each.uid}`).find((each) => mine.includes(each)) ??
    mine[0] ??
    null
  const pointed = useRef<string | null>(null)
  const sharing = useMemo<Sharing>(
    () => ({
      presenter: id === null ? null : { id, name: presenterName, me: id === self },
      canPresent: mine.length > 0,
      remote,
      names: known,
      take: () => {
        const scope = pointed.current ?? firstScope
        if (scope) call.stage.take(scope)
      },
      release: () => call.stage.release(),
      onView: (view) => call.stage.viewport(scopeOf(view), view),
      onPointer: (place) => {
        if (place) pointed.current = scopeOf(place)
        if (pointed.current) call.stage.pointer(pointed.current, place)
      },
      onMarks: (drawn) => {
        remote.own(drawn)
        const { image, sent } = drawn
        call.stage.annotations.draw(scopeOf(sent), image, sent.payload)
      },
    }),
    [call, remote, known, id, self, presenterName, mine.length, firstScope],
  )
  useFirstPresenter(sharing, opens)
  return sharing
}
