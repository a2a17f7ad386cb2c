/** One call: the signaling session, the media connection, this computer's devices, and the state that a page shows. */
import { newId } from '../id'
import { Chat } from './chat'
import { BY_HAND, CANNOT_KEEP, endOf } from './ending'
import type { LocalMedia } from './localmedia'
import { Moderation } from './moderation'
import { Monitor } from './monitor'
import { Pairs } from './pairs'
import * as people from './people'
import { Session } from './session'
import { Stage } from './stage'
import { type CallState, type EndReason, initial, type Remote, Store } from './state'
import type {
  Bystander,
  Data,
  Frame,
  Joined,
  MemberId,
  Mode,
  Refusal,
  Removed,
  Said,
  Source,
} from './wire'

/** The room is drawn after this long even if the other side is not reached. */
const REACH_MS = 250

export interface CallOptions {
  url: string
  /** Returns a fresh ticket. Throws TicketRefused if asking again is useless. */
  ticket: () => Promise<string>
  media: LocalMedia
}

export class Call {
  readonly store: Store<CallState>
  readonly stage: Stage
  readonly pairs: Pairs
  readonly lead: Moderation
  readonly #session: Session
  readonly #media: LocalMedia
  readonly #chat = new Chat()
  readonly #monitor: Monitor
  readonly #page = newId().slice(0, 13)
  readonly #unsubscribe: () => void
  /** Our tracks as the server knows them: source to muted. */
  #published = new Map<Source, boolean>()
  #lastCode = ''
  #removed: Removed = { words: '', by: '' }

  constructor({ url, ticket, media }: CallOptions) {
    this.#media = media
    this.store = new Store(initial(media.state))
    this.#session = new Session(url, ticket, this.#page, {
      hear: (frame, requested) => this.#hear(frame, requested),
      link: (up) => this.store.patch({ linked: up }),
      silent: (is) => this.store.patch({ silent: is }),
      ended: (close) => this.#ended(close),
    })
    const request = (t: string, d: object) => void this.#session.request(t, d)
    const show = (t: string, d: object) => this.#session.show(t, d)
    this.stage = new Stage({ request, show })
    this.lead = new Moderation(request)
    this.pairs = new Pairs(this.#page, {
      request,
      changed: () => this.#remote(),
      broken: (error) => this.#problem('webrtc', 'webrtc', String(error)),
    })
    this.#monitor = new Monitor(
      () => [...this.pairs.all.values()][0],
      () => this.#session.rtt,
      {
        sends: () => people.sends(people.partner(this.store.get())),
        speaking: (on) => this.#published.get('mic') === false && show('speaking', { on }),
        link: (link) => {
          this.store.patch({ link })
          show('stats', link)
        },
      },
    )
    this.#unsubscribe = media.subscribe(() => this.#local())
    this.pairs.carry(media.tracks)
    this.#session.open()
  }

  // -- sending

  /** `of`: what it is about, in a room that has several things to speak of. */
  chat(text: string, of?: string, to: MemberId | null = null): void {
    const { self, me } = this.store.get()
    const id = newId()
    const said = of === undefined ? { text } : { text, of }
    this.#chat.say({ id, from: self ?? '', name: me?.name ?? '', to, ...said })
    const d = { topic: 'chat', payload: said, ...(to === null ? {} : { to }) }
    this.#session.request('data', d, { durable: true, id })
    this.store.patch({ chat: this.#chat.lines })
  }

  setView(others: readonly Bystander[]): void {
    this.#session.request('view.set', { others })
  }

  /** Leaves the room; the others stay. */
  leave(reason: 'left' | 'called_away' = 'left'): void {
    this.#finish(reason)
  }

  // -- receiving

  #hear(frame: Frame, requested: string | undefined): void {
    const { store } = this
    switch (frame.t) {
      case 'welcome':
      case 'ice.refresh':
        this.pairs.refresh(frame.d.ice_servers)
        break
      case 'waiting':
        this.pairs.dispose() // we were asked to wait, and the others have closed their connections too
        this.#published.clear()
        store.patch({
          phase: 'waiting',
          waiting: frame.d,
          people: [],
          knocking: [],
          ...people.seat(store.get(), false),
        })
        break
      case 'joined':
        void store.hold(() => this.#joined(frame.d))
        break
      case 'peer':
        if (frame.d.op === 'remove') this.pairs.close(frame.d.id)
        this.stage.annotations.here(frame.d.id, frame.d.op === 'remove' ? null : frame.d.page)
        store.patch(people.peer(store.get(), frame.d))
        this.#seats()
        break
      case 'mode':
        this.#mode(frame.d)
        break
      case 'track':
        store.patch(people.track(store.get(), frame.d))
        break
      case 'quality':
        store.patch(people.quality(store.get(), frame.d))
        break
      case 'speakers':
        store.patch({ speakers: frame.d.ids })
        break
      case 'presenter':
        this.stage.presenter(frame.d.id, store.get().self)
        store.patch({ presenter: frame.d.id })
        break
      case 'mute':
        this.#published.set(frame.d.source, true) // the server has told the others already
        void this.#media.mute(frame.d.source, true)
        break
      case 'grants':
        this.stage.annotations.granted(frame.d.studies)
        store.patch({ rights: frame.d.grants, studies: frame.d.studies })
        break
      case 'view':
        store.patch({ view: frame.d })
        break
      case 'room':
        store.patch(frame.d)
        break
      case 'sdp':
      case 'ice':
      case 'pc.replace':
        this.pairs.signal(frame)
        break
      case 'data':
        this.#data(frame.d)
        break
      case 'removed':
        this.#removed = frame.d
        break
      case 'error':
        this.#refused(frame.d, frame.re, requested)
        break
      case 'ack':
        if (requested !== undefined) this.#succeeded(requested)
        break
    }
  }

  /**
   * The snapshot of the room; connections that work are kept, even if the server has restarted. Settles once our offer,
   * or the answer to theirs, is on its way: the browsers connect while this page draws the room.
   */
  async #joined(d: Joined): Promise<void> {
    this.store.patch({ ...people.joined(this.store.get(), d), problem: null })
    this.#published = new Map(d.me.tracks.map(({ source, muted }) => [source, muted]))
    const before = new Set(this.pairs.all.values())
    this.pairs.orphan(new Set(d.peers.map((each) => each.id)))
    this.#seats()
    if (!this.store.get().publishing) this.#media.rest()
    this.pairs.renewUnsettled(before)
    this.stage.snapshot(d.presenter, d.viewports, d.self)
    this.stage.annotations.begin(d.peers, d.studies)
    for (const said of d.history) this.#said(said)
    this.store.patch({ chat: this.#chat.lines })
    await Promise.race([this.pairs.described(), new Promise((over) => setTimeout(over, REACH_MS))])
  }

  /** Whoever loses their seat is neither seen nor heard any more: camera and microphone close. */
  #mode(d: Mode): void {
    const had = this.store.get().publishing
    this.store.patch(people.mode(this.store.get(), d))
    this.#seats()
    if (had && !this.store.get().publishing) this.#media.rest()
  }

  #seats(): void {
    const state = this.store.get()
    this.pairs.seats(people.partner(state))
    if (state.publishing) this.#publish()
    else this.#published.clear()
  }

  /** Tells the room which tracks have changed since the last time. */
  #publish(): void {
    const { sources } = this.#media.state
    for (const source of [...this.#published.keys()]) {
      if (sources[source]) continue
      this.#published.delete(source)
      this.#session.request('track.unpublish', { source })
    }
    for (const [source, { muted }] of Object.entries(sources) as [Source, { muted: boolean }][]) {
      const known = this.#published.get(source)
      if (known === muted) continue
      this.#published.set(source, muted)
      if (known === undefined) this.#session.request('track.publish', { source, muted })
      else this.#session.request('track.mute', { source, on: muted })
    }
  }

  #local(): void {
    this.store.patch({ local: this.#media.state })
    this.pairs.carry(this.#media.tracks)
    if (this.store.get().publishing) this.#publish()
  }

  #remote(): void {
    const remote: Record<MemberId, Remote> = {}
    for (const [id, { stream, screen, pc }] of this.pairs.all) {
      remote[id] = { stream, screen, connection: pc.connectionState }
    }
    this.store.patch({ remote })
    const all = Object.values(remote)
    if (all.every(({ connection }) => connection === 'connected')) this.#succeeded('webrtc')
  }

  #data(d: Data | Said): void {
    if (!('ev' in d)) this.stage.hear(d)
    else if (this.#said(d)) this.store.patch({ chat: this.#chat.lines })
  }

  #said(said: Said): boolean {
    if (said.id !== null) this.#session.settled(said.id)
    return this.#chat.heard(said, this.store.get().self)
  }

  #refused({ code, msg }: Refusal, re: string | undefined, requested: string | undefined): void {
    this.#lastCode = code
    if (re !== undefined && this.#chat.refused(re, code)) {
      this.store.patch({ chat: this.#chat.lines })
    } else if (requested !== undefined && BY_HAND.test(requested))
      this.#problem(requested, code, msg)
    // It joins by itself once the disk has room; until then the page says why it waits.
    else if (CANNOT_KEEP.has(code) && this.store.get().phase === 'connecting')
      this.#problem('join', code, msg)
  }

  #problem(act: string, code: string, msg: string): void {
    this.store.patch({ problem: { act, code, msg } })
  }

  #succeeded(act: string): void {
    if (this.store.get().problem?.act === act) this.store.patch({ problem: null })
  }

  #ended(close: number): void {
    this.#finish(endOf(close, this.#lastCode, this.store.get().phase, this.#removed.by))
  }

  /** Closes everything that this call opened; the devices belong to the caller. */
  #finish(reason: EndReason): void {
    if (this.store.get().phase === 'ended') return
    this.#unsubscribe()
    this.#monitor.dispose()
    this.stage.dispose()
    this.#session.dispose()
    this.pairs.dispose()
    const end = { reason, words: this.#removed.words }
    this.store.patch({ phase: 'ended', linked: false, end, people: [], knocking: [], remote: {} })
  }
}
