/** This computer's camera, microphone and screen: what is there, what was refused, and what is switched off. */
import type { LocalTracks } from './pair'
import { USUAL } from './speaker'
import type { Source } from './wire'

export type DeviceProblem = 'insecure' | 'refused' | 'missing' | 'busy' | 'failed'
export type Input = 'camera' | 'mic'
const INPUTS: readonly Input[] = ['mic', 'camera']

export interface LocalState {
  stream: MediaStream
  screenStream: MediaStream | null
  /** What is published: absent, live, or live and muted. */
  sources: Readonly<Partial<Record<Source, { muted: boolean }>>>
  problems: Readonly<Partial<Record<Input, DeviceProblem>>>
  devices: readonly MediaDeviceInfo[]
  chosen: Readonly<Partial<Record<Input, string>>>
  /** The output device for the others' sound. */
  speaker: string
}

/** Good enough for a face in a tile beside the images, and light enough for old computers and slow lines. */
const VIDEO: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 20, max: 30 },
}
/** Asks the browser for what the camera can be turned and zoomed by; one that cannot opens all the same. */
const STEERED = { pan: true, tilt: true, zoom: true } as MediaTrackConstraints
const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true }

export class LocalMedia {
  #tracks: Partial<Record<Source, MediaStreamTrack>> = {}
  /** What a person switched off; whether a track sends anything is computed by `#silent`. */
  #off: Partial<Record<Source, boolean>> = {}
  #chosen: Partial<Record<Input, string>> = {}
  #problems: Partial<Record<Input, DeviceProblem>> = {}
  #devices: MediaDeviceInfo[] = []
  #speaker = USUAL
  #state: LocalState | undefined
  readonly #stream = new MediaStream()
  #screen: MediaStream | null = null
  readonly #listeners = new Set<() => void>()
  #disposed = false
  /** Counts what has been put to rest: what was asked for before and comes later is stopped at once. */
  #rests = 0

  constructor(private readonly steers = false) {
    navigator.mediaDevices?.addEventListener?.('devicechange', this.#list)
  }

  /**
   * Opens camera and microphone, or the one that works; without both, the person joins as a viewer. A camera that they
   * switched off before stays off.
   */
  async open(wanted: readonly Input[] = this.#off.camera ? ['mic'] : INPUTS): Promise<void> {
    const rests = this.#rests
    if (wanted.includes('camera')) this.#off.camera = false
    if (!navigator.mediaDevices?.getUserMedia) {
      for (const each of wanted) this.#problems[each] = 'insecure'
      return this.#changed()
    }
    try {
      await this.#take(wanted, this.#chosen, rests)
    } catch (error) {
      if (wanted.length === 1) this.#note(wanted, error)
      else
        for (const each of wanted)
          await this.#take([each], this.#chosen, rests).catch((why) => this.#note([each], why))
    }
    await this.#list()
  }

  get state(): LocalState {
    this.#state ??= this.#snapshot()
    return this.#state
  }

  /** The tracks to send. A muted camera sends nothing; a muted microphone sends silence. */
  get tracks(): LocalTracks {
    const { camera, ...rest } = this.#tracks
    return camera && !this.#silent('camera', camera) ? { ...rest, camera } : rest
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Mutes the microphone, or stops the camera, so that its light goes out; or switches either on again. */
  async mute(source: Source, muted: boolean): Promise<void> {
    this.#off[source] = muted // set even before there is a track: the browser may still be asking for permission
    const track = this.#tracks[source]
    if (!track) {
      if (!muted && source !== 'screen') await this.open([source])
      return
    }
    track.enabled = !muted
    if (source === 'camera') {
      if (muted) track.stop()
      else await this.choose('camera', this.#chosen.camera)
    }
    this.#changed()
  }

  /** Changes the device, without a new negotiation. A camera that is off stays off. */
  async choose(input: Input, deviceId: string | undefined): Promise<void> {
    if (input === 'camera' && this.#off.camera) {
      if (deviceId) this.#chosen.camera = deviceId
      return this.#changed()
    }
    try {
      await this.#take([input], deviceId ? { [input]: deviceId } : {})
    } catch (error) {
      this.#note([input], error)
    }
    await this.#list()
  }

  /** Chooses the output device for the others' sound. */
  chooseSpeaker(deviceId: string): void {
    this.#speaker = deviceId
    this.#changed()
  }

  async shareScreen(): Promise<void> {
    const rests = this.#rests
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { max: 10 } },
    })
    const [track] = stream.getVideoTracks()
    if (!track) return
    if (this.#isOver(rests)) return track.stop()
    track.contentHint = 'detail'
    track.onended = () => this.stopScreen()
    this.#tracks.screen?.stop()
    this.#tracks.screen = track
    this.#off.screen = false
    this.#screen = stream
    this.#changed()
  }

  stopScreen(): void {
    this.#tracks.screen?.stop()
    delete this.#tracks.screen
    this.#screen = null
    this.#changed()
  }

  /** Stops all that is open: the lights go out. `open` opens it again. */
  rest(): void {
    this.#rests++
    for (const each of INPUTS) this.#drop(each)
    this.stopScreen()
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

  async #take(inputs: readonly Input[], from = this.#chosen, rests = this.#rests): Promise<void> {
    if (this.#isOver(rests)) return
    const exact = (id: string | undefined) => (id ? { deviceId: { exact: id } } : {})
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: inputs.includes('mic') && { ...AUDIO, ...exact(from.mic) },
      video: inputs.includes('camera') && {
        ...{ ...VIDEO, ...exact(from.camera) },
        ...(this.steers ? STEERED : {}),
      },
    })
    for (const track of stream.getTracks()) {
      if (this.#isOver(rests)) track.stop()
      else this.#put(track.kind === 'audio' ? 'mic' : 'camera', track)
    }
    this.#changed()
  }

  #put(input: Input, track: MediaStreamTrack): void {
    this.#drop(input)
    delete this.#problems[input]
    this.#tracks[input] = track
    this.#stream.addTrack(track)
    const id = track.getSettings?.().deviceId
    if (id) this.#chosen[input] = id
    track.enabled = !this.#off[input]
    track.onended = () => this.#lost(input, track)
    if (input === 'camera' && this.#off.camera) track.stop() // switched off while the browser asked for permission
  }

  #drop(input: Input): void {
    const track = this.#tracks[input]
    if (!track) return
    track.onended = null
    track.stop()
    this.#stream.removeTrack(track)
    delete this.#tracks[input]
  }

  /** The device was unplugged, or its permission withdrawn. */
  #lost(input: Input, track: MediaStreamTrack): void {
    if (this.#tracks[input] !== track) return
    this.#drop(input)
    delete this.#chosen[input]
    this.#problems[input] = 'missing'
    this.#changed()
  }

  #note(inputs: readonly Input[], error: unknown): void {
    for (const each of inputs) {
      this.#problems[each] = problemOf(error)
      // If another device could not be opened, keep the one that still runs.
      if (this.#tracks[each]?.readyState === 'ended') this.#drop(each)
      // Next time any device will do; otherwise we would ask for the missing one again and again.
      if (!this.#tracks[each] && this.#problems[each] === 'missing') delete this.#chosen[each]
    }
    this.#changed()
  }

  #isOver(rests: number): boolean {
    return this.#disposed || rests !== this.#rests
  }

  /** Whether a track sends nothing: switched off, or a camera that is being opened again. */
  #silent(source: Source, track: MediaStreamTrack): boolean {
    return this.#off[source] === true || track.readyState === 'ended'
  }

  readonly #list = async (): Promise<void> => {
    this.#devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
    // The chosen loudspeaker was unplugged: use the default, so that the others can still be heard.
    if (!this.#devices.some(({ deviceId }) => deviceId === this.#speaker)) this.#speaker = USUAL
    this.#changed()
  }

  #changed(): void {
    this.#state = undefined
    for (const listener of this.#listeners) listener()
  }

  #snapshot(): LocalState {
    const sources: Partial<Record<Source, { muted: boolean }>> = {}
    for (const [source, track] of Object.entries(this.#tracks) as [Source, MediaStreamTrack][]) {
      sources[source] = { muted: this.#silent(source, track) }
    }
    const problems = { ...this.#problems }
    return {
      stream: this.#stream,
      screenStream: this.#screen,
      sources,
      problems,
      devices: this.#devices,
      chosen: { ...this.#chosen },
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
