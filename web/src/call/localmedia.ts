/** The camera, microphone and screen of this machine: what is there, what was refused, and what is switched off. */
import type { LocalTracks } from './pair'
import { USUAL } from './speaker'
import type { Source } from './wire'

export type DeviceProblem = 'insecure' | 'refused' | 'missing' | 'busy' | 'failed'
export type Input = 'camera' | 'mic'

export interface LocalState {
  stream: MediaStream
  screenStream: MediaStream | null
  /** What is published: absent, live, or live and muted. */
  sources: Readonly<Partial<Record<Source, { muted: boolean }>>>
  problems: Readonly<Partial<Record<Input, DeviceProblem>>>
  devices: readonly MediaDeviceInfo[]
  chosen: Readonly<Partial<Record<Input, string>>>
  /** The device on which the others are heard. */
  speaker: string
}

/** A tile beside the study, on a hospital's line: enough to see a face, cheap enough for an old machine. */
const VIDEO: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 20, max: 30 },
}
const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true }

export class LocalMedia {
  #tracks: Partial<Record<Source, MediaStreamTrack>> = {}
  #muted: Partial<Record<Source, boolean>> = {}
  #problems: Partial<Record<Input, DeviceProblem>> = {}
  #devices: MediaDeviceInfo[] = []
  #speaker = USUAL
  #state: LocalState | undefined
  readonly #stream = new MediaStream()
  #screen: MediaStream | null = null
  readonly #listeners = new Set<() => void>()
  #disposed = false

  constructor() {
    navigator.mediaDevices?.addEventListener?.('devicechange', this.#list)
  }

  /** Camera and microphone; if both cannot be had, whichever can; if neither, one looks on. */
  async open(wanted: readonly Input[] = ['mic', 'camera']): Promise<void> {
    if (!navigator.mediaDevices?.getUserMedia) {
      for (const each of wanted) this.#problems[each] = 'insecure'
      return this.#changed()
    }
    try {
      await this.#take(wanted)
    } catch (error) {
      if (wanted.length === 1) this.#note(wanted, error)
      else
        for (const each of wanted) await this.#take([each]).catch((why) => this.#note([each], why))
    }
    await this.#list()
  }

  get state(): LocalState {
    this.#state ??= this.#snapshot()
    return this.#state
  }

  /** What goes to the others; a muted camera sends nothing at all, a muted microphone silence. */
  get tracks(): LocalTracks {
    const { camera, ...rest } = this.#tracks
    return camera && !this.#muted.camera ? { ...rest, camera } : rest
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A microphone switched off, or a camera whose light goes out; asking for it again is the browser's business. */
  async mute(source: Source, muted: boolean): Promise<void> {
    const track = this.#tracks[source]
    if (!track) {
      if (!muted && source !== 'screen') await this.open([source])
      return
    }
    this.#muted[source] = muted
    track.enabled = !muted
    if (source === 'camera') {
      if (muted) track.stop()
      else await this.choose('camera', deviceOf(track))
    }
    this.#changed()
  }

  /** Another device: the others see it at once, without a new negotiation. */
  async choose(input: Input, deviceId: string | undefined): Promise<void> {
    try {
      await this.#take([input], deviceId)
    } catch (error) {
      this.#note([input], error)
    }
    await this.#list()
  }

  /** Where the others are heard; nothing of it goes out. */
  chooseSpeaker(deviceId: string): void {
    this.#speaker = deviceId
    this.#changed()
  }

  async shareScreen(): Promise<void> {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { max: 10 } },
    })
    const [track] = stream.getVideoTracks()
    if (!track) return
    if (this.#disposed) return track.stop()
    track.contentHint = 'detail'
    track.onended = () => this.stopScreen()
    this.#tracks.screen?.stop()
    this.#tracks.screen = track
    this.#screen = stream
    this.#changed()
  }

  stopScreen(): void {
    this.#tracks.screen?.stop()
    delete this.#tracks.screen
    this.#screen = null
    this.#changed()
  }

  dispose(): void {
    this.#disposed = true
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.#list)
    for (const track of Object.values(this.#tracks)) {
      track.onended = null
      track.stop()
    }
    this.#tracks = {}
    this.#listeners.clear()
  }

  async #take(inputs: readonly Input[], deviceId?: string): Promise<void> {
    const exact = deviceId ? { deviceId: { exact: deviceId } } : {}
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: inputs.includes('mic') && { ...AUDIO, ...exact },
      video: inputs.includes('camera') && { ...VIDEO, ...exact },
    })
    for (const track of stream.getTracks()) {
      if (this.#disposed) track.stop()
      else this.#put(track.kind === 'audio' ? 'mic' : 'camera', track)
    }
    this.#changed()
  }

  #put(input: Input, track: MediaStreamTrack): void {
    const old = this.#tracks[input]
    if (old) {
      old.onended = null
      old.stop()
      this.#stream.removeTrack(old)
    }
    delete this.#problems[input]
    this.#tracks[input] = track
    this.#stream.addTrack(track)
    if (input === 'camera') this.#muted.camera = false
    track.enabled = !this.#muted[input]
    track.onended = () => this.#lost(input, track)
  }

  /** Unplugged, or taken back in the browser's settings. */
  #lost(input: Input, track: MediaStreamTrack): void {
    if (this.#tracks[input] !== track) return
    this.#stream.removeTrack(track)
    delete this.#tracks[input]
    this.#problems[input] = 'missing'
    this.#changed()
  }

  #note(inputs: readonly Input[], error: unknown): void {
    for (const each of inputs) this.#problems[each] = problemOf(error)
    this.#changed()
  }

  readonly #list = async (): Promise<void> => {
    this.#devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
    // A loudspeaker that was unplugged: nobody must fall silent for it.
    if (!this.#devices.some(({ deviceId }) => deviceId === this.#speaker)) this.#speaker = USUAL
    this.#changed()
  }

  #changed(): void {
    this.#state = undefined
    for (const listener of this.#listeners) listener()
  }

  #snapshot(): LocalState {
    const sources: Partial<Record<Source, { muted: boolean }>> = {}
    const chosen: Partial<Record<Input, string>> = {}
    for (const [source, track] of Object.entries(this.#tracks) as [Source, MediaStreamTrack][]) {
      sources[source] = { muted: this.#muted[source] ?? false }
      const id = deviceOf(track)
      if (source !== 'screen' && id) chosen[source] = id
    }
    const problems = { ...this.#problems }
    return {
      stream: this.#stream,
      screenStream: this.#screen,
      sources,
      problems,
      devices: this.#devices,
      chosen,
      speaker: this.#speaker,
    }
  }
}

export function problemOf(error: unknown): DeviceProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'failed'
}

function deviceOf(track: MediaStreamTrack): string | undefined {
  return track.getSettings?.().deviceId
}
