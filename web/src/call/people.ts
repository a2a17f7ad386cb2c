/** How messages about people change the snapshot; pure functions. */
import type { CallState } from './state'
import type { Joined, MemberId, Peer, ServerMessage } from './wire'

type News<T extends ServerMessage['t']> = Extract<ServerMessage, { t: T }>['d']
type Change = Partial<CallState>

export function joined(state: CallState, d: Joined): Change {
  return {
    phase: 'in',
    waiting: null,
    self: d.self,
    me: d.me,
    rights: d.grants,
    studies: d.studies,
    people: d.peers.filter((peer) => peer.state !== 'waiting'),
    knocking: d.peers.filter((peer) => peer.state === 'waiting'),
    mode: d.mode,
    ...seat(state, d.mode.publishers.includes(d.self)),
    speakers: d.speakers,
    presenter: d.presenter,
    view: d.view,
    locked: d.locked,
  }
}

export function peer(state: CallState, d: News<'peer'>): Change {
  if (d.op === 'remove') {
    return { people: without(state.people, d.id), knocking: without(state.knocking, d.id) }
  }
  const { op: _, ...who } = d
  if (who.id === state.self) return { me: who }
  if (who.state === 'waiting') {
    return { people: without(state.people, who.id), knocking: put(state.knocking, who) }
  }
  return { people: put(state.people, who), knocking: without(state.knocking, who.id) }
}

export function track(state: CallState, d: News<'track'>): Change {
  return about(state, d.id, (who) => {
    const others = who.tracks.filter((each) => each.source !== d.source)
    const tracks =
      d.op === 'remove' ? others : [...others, { source: d.source, muted: d.muted ?? false }]
    return { ...who, tracks }
  })
}

export function quality(state: CallState, d: News<'quality'>): Change {
  return about(state, d.id, (who) => ({ ...who, level: d.level }))
}

export function mode(state: CallState, d: News<'mode'>): Change {
  return { mode: d, ...seat(state, state.self !== null && d.publishers.includes(state.self)) }
}

/** Whether we have a media seat, and whether we had one before. */
export function seat(
  state: CallState,
  publishing: boolean,
): Pick<CallState, 'publishing' | 'unseated'> {
  return { publishing, unseated: !publishing && (state.publishing || state.unseated) }
}

/** The person in the other media seat, if we have one of the two. */
export function partner(state: CallState): Peer | undefined {
  if (!state.publishing) return undefined
  return state.people.find((each) => state.mode.publishers.includes(each.id))
}

/** Whether packets must arrive; a muted microphone or a still screen may send none. */
export function sends(who: Peer | undefined): boolean {
  return who?.tracks.some(({ source, muted }) => source !== 'screen' && !muted) ?? false
}

function about(state: CallState, id: MemberId, change: (who: Peer) => Peer): Change {
  if (id === state.self) return state.me ? { me: change(state.me) } : {}
  return { people: state.people.map((each) => (each.id === id ? change(each) : each)) }
}

function put(all: readonly Peer[], who: Peer): readonly Peer[] {
  const known = all.some((each) => each.id === who.id)
  return known ? all.map((each) => (each.id === who.id ? who : each)) : [...all, who]
}

function without(all: readonly Peer[], id: MemberId): readonly Peer[] {
  return all.filter((each) => each.id !== id)
}
