/**
 * A peer connection to one other page, by perfect negotiation (W3C webrtc-pc §10.7).
 *
 * It has three media lines, always in this order: microphone, camera, screen. Muting, changing the device or sharing the
 * screen change what a line sends, never the lines, so that one negotiation is enough for the whole call.
 */
import type { MemberId, SignalMessage, Source } from './wire'

export const LINES: readonly Source[] = ['mic', 'camera', 'screen']
/** Candidates are found a millisecond apart; those of this time are sent together. */
const TOGETHER_MS = 5
/** A connection that is still new after this long has lost an offer or an answer; no browser ever calls it failed. */
const LOST_MS = 8_000
export type LocalTracks = Readonly<Partial<Record<Source, MediaStreamTrack>>>

export interface PairEvents {
  send(t: 'sdp' | 'ice', d: object): void
  changed(): void
  failed(): void
}

export interface PairOf {
  peer: MemberId
  id: string
  gen: number
  polite: boolean
}

export class Pair {
  readonly pc: RTCPeerConnection
  /** The other's picture and sound; always the same object. */
  readonly stream = new MediaStream()
  readonly screen = new MediaStream()
  #making = false
  #ignoring = false
  #answering = false
  #found: RTCIceCandidateInit[] = []
  #sending: ReturnType<typeof setTimeout> | undefined
  readonly #lost: ReturnType<typeof setTimeout>
  /** Settles when our first description is on its way: the offer, or on the polite side the answer. */
  readonly described: Promise<void>
  #first: () => void = () => undefined
  #lines: Partial<Record<Source, RTCRtpTransceiver>> = {}

  constructor(
    readonly of: PairOf,
    private tracks: LocalTracks,
    ice: RTCIceServer[],
    private readonly events: PairEvents,
  ) {
    const pc = new RTCPeerConnection({ iceServers: ice, bundlePolicy: 'max-bundle' })
    this.pc = pc
    pc.onnegotiationneeded = () => void this.#offer()
    pc.onicecandidate = ({ candidate }) => {
      if (candidate) this.#found.push(candidate.toJSON())
      if (!candidate) this.#candidates(true)
      else this.#sending ??= setTimeout(() => this.#candidates(), TOGETHER_MS)
    }
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === 'failed') events.failed()
      events.changed()
    }
    pc.ontrack = ({ track, transceiver }) => this.#received(track, transceiver)
    if (!of.polite)
      for (const source of LINES) {
        const track = tracks[source]
        this.#lines[source] = pc.addTransceiver(track ?? kind(source), { direction: 'sendrecv' })
      }
    this.#lost = setTimeout(() => pc.connectionState === 'new' && events.failed(), LOST_MS * of.gen)
    const answered = new Promise<void>((over) => {
      this.#first = over
    })
    // The other side's offer creates the lines; our own does not wait for the event, which comes after the drawing.
    this.described = of.polite ? answered : this.#offer()
  }

  get settled(): boolean {
    return this.pc.connectionState === 'connected' && this.pc.signalingState === 'stable'
  }

  /** Sends these tracks from now on, without a negotiation. */
  async carry(tracks: LocalTracks): Promise<void> {
    this.tracks = tracks
    for (const source of LINES) {
      const sender = this.#lines[source]?.sender
      const track = tracks[source] ?? null
      if (sender && sender.track !== track) await sender.replaceTrack(track)
    }
  }

  configure(ice: RTCIceServer[]): void {
    this.pc.setConfiguration({ iceServers: ice, bundlePolicy: 'max-bundle' })
  }

  async description({ kind, sdp }: Extract<SignalMessage, { t: 'sdp' }>['d']): Promise<void> {
    const ready = !this.#making && (this.pc.signalingState === 'stable' || this.#answering)
    const collision = kind === 'offer' && !ready
    this.#ignoring = collision && !this.of.polite
    if (this.#ignoring) return
    this.#answering = kind === 'answer'
    try {
      await this.pc.setRemoteDescription({ type: kind, sdp }) // rolls back our own offer by itself
    } finally {
      this.#answering = false
    }
    if (kind !== 'offer') return
    await this.#adopt()
    await this.pc.setLocalDescription()
    this.#describe()
  }

  async candidates(all: RTCIceCandidateInit[]): Promise<void> {
    for (const each of all) {
      try {
        await this.pc.addIceCandidate(each)
      } catch (error) {
        if (!this.#ignoring) throw error // candidates of an offer that we ignored
      }
    }
  }

  dispose(): void {
    const pc = this.pc
    clearTimeout(this.#sending)
    clearTimeout(this.#lost)
    pc.onnegotiationneeded = pc.onicecandidate = pc.onconnectionstatechange = pc.ontrack = null
    pc.close()
  }

  /** As answerer, uses the offer's lines, in their order, to send on as well. */
  async #adopt(): Promise<void> {
    const lines = this.pc.getTransceivers()
    for (const [at, source] of LINES.entries()) {
      const line = lines[at]
      if (!line || this.#lines[source] === line) continue
      this.#lines[source] = line
      line.direction = 'sendrecv'
    }
    await this.carry(this.tracks)
  }

  #received(track: MediaStreamTrack, line: RTCRtpTransceiver): void {
    const at = this.pc.getTransceivers().indexOf(line)
    ;(LINES[at] === 'screen' ? this.screen : this.stream).addTrack(track)
    track.onunmute = () => this.events.changed()
    this.events.changed()
  }

  /**
   * The polite side never makes the first offer: if Chromium rolls back its very first offer, it sometimes gathers no
   * candidates, and both sides stay "stable" and "new" for ever. Later collisions do no harm.
   */
  async #offer(): Promise<void> {
    if (this.of.polite && !this.pc.remoteDescription) return
    try {
      this.#making = true
      await this.pc.setLocalDescription()
      this.#describe()
    } finally {
      this.#making = false
    }
  }

  #candidates(end = false): void {
    clearTimeout(this.#sending)
    this.#sending = undefined
    const candidates = this.#found.splice(0)
    this.#to('ice', end ? { candidates, end } : { candidates })
  }

  #describe(): void {
    const local = this.pc.localDescription
    if (!local) return
    const mids: Record<string, Source> = {}
    for (const source of LINES) {
      const mid = this.#lines[source]?.mid
      if (mid) mids[mid] = source
    }
    this.#to('sdp', { kind: local.type, sdp: local.sdp, mids })
    this.#first()
  }

  #to(t: 'sdp' | 'ice', d: object): void {
    this.events.send(t, { to: this.of.peer, pc: this.of.id, gen: this.of.gen, ...d })
  }
}

function kind(source: Source): 'audio' | 'video' {
  return source === 'mic' ? 'audio' : 'video'
}
