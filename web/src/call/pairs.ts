/** The peer connections: one to the other media seat, and those that outlive a lost signaling socket. */
import { type LocalTracks, Pair } from './pair'
import type { MemberId, Peer, SignalMessage } from './wire'

const ORPHAN_MS = 45_000

export interface PairsEvents {
  request(t: string, d: object): void
  changed(): void
  broken(error: unknown): void
}

export class Pairs {
  readonly all = new Map<MemberId, Pair>()
  ice: RTCIceServer[] = []
  #tracks: LocalTracks = {}
  /** Connections to people whom a restarted server does not know yet; their media goes on. */
  readonly #orphans = new Map<MemberId, ReturnType<typeof setTimeout>>()

  constructor(
    private readonly page: string,
    private readonly events: PairsEvents,
  ) {}

  carry(tracks: LocalTracks): void {
    this.#tracks = tracks
    for (const pair of this.all.values()) this.#guard(pair, pair.carry(tracks))
  }

  refresh(ice: RTCIceServer[]): void {
    this.ice = ice
    for (const pair of this.all.values()) pair.configure(ice)
  }

  /** Keeps a connection to `partner`, who has the other media seat, or none. */
  seats(partner: Peer | undefined): void {
    for (const id of [...this.all.keys()])
      if (id !== partner?.id && !this.#orphans.has(id)) this.close(id)
    if (!partner) return
    for (const id of [...this.#orphans.keys()]) if (id !== partner.id) this.close(id)
    const returned = this.#orphans.has(partner.id)
    this.#keep(partner.id)
    const id = [this.page, partner.page].sort().join('.')
    const old = this.all.get(partner.id)
    if (old?.of.id !== id) this.#make(partner.id, id, 1, this.page > partner.page)
    else if (returned && !old.settled) this.#renew(partner.id)
  }

  /** After a new session: people who are not back yet get some time. Call `seats` next. */
  orphan(present: ReadonlySet<MemberId>): void {
    for (const id of this.all.keys()) {
      if (present.has(id) || this.#orphans.has(id)) continue
      const end = () => {
        this.#orphans.delete(id)
        this.close(id)
      }
      this.#orphans.set(id, setTimeout(end, ORPHAN_MS))
    }
  }

  /** After a snapshot: renews connections from before that are not connected, as messages may have been lost. */
  renewUnsettled(before: ReadonlySet<Pair>): void {
    for (const [id, pair] of this.all)
      if (before.has(pair) && !pair.settled && !this.#orphans.has(id)) this.#renew(id)
  }

  signal(message: SignalMessage): void {
    const { from, pc, gen } = message.d
    const known = this.all.get(from)
    if (known?.of.id !== pc) return // of a page that is gone
    if (gen > known.of.gen) this.#renew(from, gen)
    const pair = this.all.get(from)
    if (!pair || gen !== pair.of.gen || message.t === 'pc.replace') return
    const done =
      message.t === 'sdp' ? pair.description(message.d) : pair.candidates(message.d.candidates)
    this.#guard(pair, done)
  }

  /** Settles when our first description to everybody is on its way. */
  async described(): Promise<void> {
    await Promise.allSettled([...this.all.values()].map((each) => each.described))
  }

  close(id: MemberId): void {
    this.#keep(id)
    this.all.get(id)?.dispose()
    if (this.all.delete(id)) this.events.changed()
  }

  dispose(): void {
    for (const id of [...this.all.keys()]) this.close(id)
  }

  /** Makes a new connection for the same two pages, which we announce, or which follows the other's (`theirs`). */
  #renew(peer: MemberId, theirs?: number): void {
    const old = this.all.get(peer)
    if (!old) return
    const gen = theirs ?? old.of.gen + 1
    this.#make(peer, old.of.id, gen, old.of.polite)
    if (theirs === undefined) this.events.request('pc.replace', { to: peer, pc: old.of.id, gen })
  }

  #make(peer: MemberId, id: string, gen: number, polite: boolean): void {
    this.all.get(peer)?.dispose()
    const pair = new Pair({ peer, id, gen, polite }, this.#tracks, this.ice, {
      send: (t, d) => this.events.request(t, d),
      changed: () => this.events.changed(),
      failed: () => this.#renew(peer),
    })
    this.all.set(peer, pair)
    this.#guard(pair, pair.described)
    this.events.changed()
  }

  #keep(id: MemberId): void {
    clearTimeout(this.#orphans.get(id))
    this.#orphans.delete(id)
  }

  #guard(pair: Pair, done: Promise<void>): void {
    done.catch((error: unknown) => {
      if (pair.pc.signalingState !== 'closed') this.events.broken(error)
    })
  }
}
