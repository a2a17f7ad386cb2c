/** What a page shows of a call: an immutable snapshot, and a store that tells listeners of a new one. */
import type { LocalState } from './localmedia'
import type { Link } from './quality'
import type { MemberId, Mode, Peer, Scope, View, Waiting } from './wire'

export type EndReason =
  | 'left'
  | 'called_away'
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
  /** The server's time, once it has stored the line. */
  at: string | null
  /** By this device's clock, of one's own that the server has not stored. */
  written?: number
  mine: boolean
  to: MemberId | null
  /** What it was written about, in a room that has several things to speak of. */
  of?: string
  /** pending: not stored by the server yet; failed: refused. */
  state: 'pending' | 'kept' | 'failed'
  why?: string
}

export interface Remote {
  stream: MediaStream
  screen: MediaStream
  connection: RTCPeerConnectionState
}

/**
 * A person's act that the room refused, or a connection that could not be negotiated. It is a new object each time, even
 * for the same problem, and goes when the same act succeeds or a new snapshot arrives.
 */
export interface CallProblem {
  /** The request's `t` (`join`, `present.take`, `mod.lock` …), or `webrtc` for a connection. */
  act: string
  /** The error code (docs/protocol.md), or `webrtc` for a connection. */
  code: string
  /** English, for a log: never shown. */
  msg: string
}

export interface CallState {
  phase: 'connecting' | 'waiting' | 'in' | 'ended'
  /** Whether the signaling socket is connected; media goes on without it. */
  linked: boolean
  /** Whether the signaling server, though connected, does not answer. */
  silent: boolean
  waiting: Waiting | null
  end: { reason: EndReason; words: string } | null
  self: MemberId | null
  me: Peer | null
  rights: readonly string[]
  studies: readonly Scope[]
  /** Everybody else in the room, in the order of arrival. */
  people: readonly Peer[]
  knocking: readonly Peer[]
  mode: Mode
  /** Whether this page has one of the media seats. */
  publishing: boolean
  /** Whether it had one in this stay and has it no more. */
  unseated: boolean
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
    silent: false,
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
    unseated: false,
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

/** Listeners are told at most once in this time: React draws at once whenever it is told, each time the whole page. */
const FRAME_MS = 16

/** A store for React's useSyncExternalStore. */
export class Store<T extends object> {
  #state: T
  #told = Number.NEGATIVE_INFINITY
  #later: ReturnType<typeof setTimeout> | undefined
  #holds = 0
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
    if (this.#holds > 0 || this.#later !== undefined) return
    const wait = this.#told + FRAME_MS - performance.now()
    if (wait <= 0) this.#tell()
    else this.#later = setTimeout(this.#tell, wait)
  }

  /** Tells nobody until `work` is done, so that it is not kept waiting by drawing. */
  async hold(work: () => Promise<unknown>): Promise<void> {
    this.#holds++
    clearTimeout(this.#later)
    this.#later = undefined
    try {
      await work()
    } finally {
      if (--this.#holds === 0) this.#tell()
    }
  }

  readonly #tell = (): void => {
    this.#later = undefined
    this.#told = performance.now()
    for (const listener of [...this.#listeners]) listener()
  }
}
