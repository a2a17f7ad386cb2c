/** What a page shows of a call: one immutable snapshot, and who wants to know when it is another. */
import type { LocalState } from './localmedia'
import type { Link } from './quality'
import type { MemberId, Mode, Peer, Scope, View, Waiting } from './wire'

export type EndReason =
  | 'left'
  | 'ended'
  | 'replaced'
  | 'removed'
  | 'denied'
  | 'locked'
  | 'full'
  | 'no_access'
  | 'outdated'
  | 'signed_out'
  | 'failed'

export interface ChatLine {
  id: string
  from: MemberId
  name: string
  text: string
  /** By the server's clock, once it has kept the line. */
  at: string | null
  mine: boolean
  to: MemberId | null
  /** pending: not yet kept by the server; failed: refused, and why. */
  state: 'pending' | 'kept' | 'failed'
  why?: string
}

export interface Remote {
  stream: MediaStream
  screen: MediaStream
  connection: RTCPeerConnectionState
}

/**
 * Something a person did here that the room refused, or a connection that could not be negotiated. A new object each
 * time, so that two alike are told apart; it goes when the same act succeeds, and with a new snapshot of the room.
 */
export interface CallProblem {
  /** The `t` of what was asked (`join`, `present.take`, `mod.lock`, `mod.remove`, `view.set` …); `webrtc` for a connection. */
  act: string
  /** `forbidden`, `not_found` or another error code of docs/protocol.md; `webrtc` for a connection. */
  code: string
  /** English, for a log: never shown. */
  msg: string
}

export interface CallState {
  phase: 'connecting' | 'waiting' | 'in' | 'ended'
  /** The signaling socket; media goes on without it. */
  linked: boolean
  waiting: Waiting | null
  end: { reason: EndReason; words: string } | null
  self: MemberId | null
  me: Peer | null
  rights: readonly string[]
  studies: readonly Scope[]
  /** Everybody else in the room, in the order they came. */
  people: readonly Peer[]
  knocking: readonly Peer[]
  mode: Mode
  /** Whether this page holds one of the media seats. */
  publishing: boolean
  remote: Readonly<Record<MemberId, Remote>>
  local: LocalState
  link: Link | null
  speakers: readonly MemberId[]
  presenter: MemberId | null
  view: View
  chat: readonly ChatLine[]
  locked: boolean
  problem: CallProblem | null
}

export function initial(local: LocalState): CallState {
  return {
    phase: 'connecting',
    linked: false,
    waiting: null,
    end: null,
    self: null,
    me: null,
    rights: [],
    studies: [],
    people: [],
    knocking: [],
    mode: { kind: 'p2p', epoch: 0, publishers: [] },
    publishing: false,
    remote: {},
    local,
    link: null,
    speakers: [],
    presenter: null,
    view: { by: null, others: [] },
    chat: [],
    locked: false,
    problem: null,
  }
}

/** Fits React's useSyncExternalStore, and knows nothing of it. */
export class Store<T extends object> {
  #state: T
  readonly #listeners = new Set<() => void>()

  constructor(state: T) {
    this.#state = state
  }

  readonly get = (): T => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  patch(change: Partial<T>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
