/** The test before a call: camera, microphone level, the signaling server, and media through a real peer connection. */
import { type DeviceProblem, problemOf } from './localmedia'
import { loudness, sample } from './quality'

export type CheckState = 'ok' | 'silent' | 'unreachable' | 'no_relay' | DeviceProblem

export interface Check {
  state: CheckState
  /** Camera: frames seen. Microphone: level from 0 to 1. Signaling and media: milliseconds. */
  value?: number
  label?: string
}

export interface DeviceReport {
  at: string
  camera: Check
  microphone: Check
  signaling: Check
  media: Check
  /** Null where no relay is configured. */
  relay: Check | null
  /** Everything that a consultation needs works; a quiet microphone is only a warning. */
  passed: boolean
}

export interface DeviceCheckOptions {
  signalingUrl: string
  /** The servers of a call. If there are relays, at least one must answer. */
  iceServers?: RTCIceServer[]
  /** How long to listen to the microphone. */
  listenMs?: number
  timeoutMs?: number
}

const SILENT = 0.0005

export async function checkDevices(options: DeviceCheckOptions): Promise<DeviceReport> {
  const { signalingUrl, iceServers = [], listenMs = 1500, timeoutMs = 8000 } = options
  const [signaling, relay, found] = await Promise.all([
    checkSignaling(signalingUrl, timeoutMs),
    checkRelays(iceServers, timeoutMs),
    open(),
  ])
  const { stream } = found
  let { camera, microphone } = found
  let media: Check = { state: 'missing' }
  try {
    if (stream.getTracks().length > 0) {
      const result = await loopback(stream, listenMs, timeoutMs)
      media = result.media
      if (camera.state === 'ok') {
        const state = result.frames > 0 ? 'ok' : 'failed'
        camera = { ...camera, state, value: result.frames }
      }
      if (microphone.state === 'ok') {
        const state = result.level > SILENT ? 'ok' : 'silent'
        microphone = { ...microphone, state, value: result.level }
      }
    }
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
  if (relay && relay.state !== 'ok') media = relay
  const heard = microphone.state === 'ok' || microphone.state === 'silent'
  const passed = camera.state === 'ok' && heard && signaling.state === 'ok' && media.state === 'ok'
  return { at: new Date().toISOString(), camera, microphone, signaling, media, relay, passed }
}

/** Whether a WebSocket opens, and how fast; nothing is sent on it. */
export function checkSignaling(url: string, timeoutMs = 8000): Promise<Check> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const ws = new WebSocket(url)
    const done = (check: Check) => {
      clearTimeout(timer)
      ws.onopen = ws.onerror = ws.onclose = null
      ws.close()
      resolve(check)
    }
    const timer = setTimeout(() => done({ state: 'unreachable' }), timeoutMs)
    ws.onopen = () => done({ state: 'ok', value: Math.round(performance.now() - begin) })
    ws.onerror = ws.onclose = () => done({ state: 'unreachable' })
  })
}

/**
 * Whether a relay answers with a candidate, if there is one. Two hospitals often connect only through a relay, and the
 * loopback test does not leave the machine, so only this finds a blocked port or wrong credentials.
 */
export function checkRelays(iceServers: RTCIceServer[], timeoutMs = 8000): Promise<Check | null> {
  const relays = iceServers.filter(({ urls }) =>
    [urls].flat().some((url) => url.startsWith('turn')),
  )
  if (relays.length === 0) return Promise.resolve(null)
  return new Promise((resolve) => {
    const pc = new RTCPeerConnection({ iceServers: relays, iceTransportPolicy: 'relay' })
    const done = (found: boolean) => {
      clearTimeout(timer)
      pc.onicecandidate = null
      pc.close()
      resolve({ state: found ? 'ok' : 'no_relay' })
    }
    const timer = setTimeout(() => done(false), timeoutMs)
    pc.onicecandidate = ({ candidate }) => {
      if (candidate === null) done(false)
      else if (candidate.type === 'relay') done(true)
    }
    pc.createDataChannel('')
    pc.setLocalDescription().catch(() => done(false))
  })
}

async function open(): Promise<{ stream: MediaStream; camera: Check; microphone: Check }> {
  const stream = new MediaStream()
  const one = async (constraints: MediaStreamConstraints): Promise<Check> => {
    if (!navigator.mediaDevices?.getUserMedia) return { state: 'insecure' }
    try {
      const got = await navigator.mediaDevices.getUserMedia(constraints)
      for (const track of got.getTracks()) stream.addTrack(track)
      return { state: 'ok', label: got.getTracks()[0]?.label ?? '' }
    } catch (error) {
      return { state: problemOf(error) }
    }
  }
  const camera = await one({ video: { width: { ideal: 640 }, height: { ideal: 360 } } })
  const microphone = await one({ audio: true })
  return { stream, camera, microphone }
}

/** Sends picture and sound to ourselves, which fails if the browser or the computer's policy forbids it. */
async function loopback(
  stream: MediaStream,
  listenMs: number,
  timeoutMs: number,
): Promise<{ media: Check; frames: number; level: number }> {
  const [out, back] = [new RTCPeerConnection(), new RTCPeerConnection()]
  const give = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) => {
    if (event.candidate) void to.addIceCandidate(event.candidate).catch(() => undefined)
  }
  out.onicecandidate = give(back)
  back.onicecandidate = give(out)
  try {
    for (const track of stream.getTracks()) out.addTrack(track, stream)
    const begin = performance.now()
    await out.setLocalDescription()
    await back.setRemoteDescription(out.localDescription as RTCSessionDescription)
    await back.setLocalDescription()
    await out.setRemoteDescription(back.localDescription as RTCSessionDescription)
    if (!(await connected(out, timeoutMs)))
      return { media: { state: 'failed' }, frames: 0, level: 0 }
    const took = Math.round(performance.now() - begin)
    let [level, frames] = [0, 0]
    const first = sample(await out.getStats())
    const wantsFrames = stream.getVideoTracks().length > 0
    const until = performance.now() + listenMs
    const latest = performance.now() + timeoutMs
    while (performance.now() < until || (wantsFrames && !frames && performance.now() < latest)) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      level = loudness(first, sample(await out.getStats()))
      frames = sample(await back.getStats()).framesDecoded
    }
    return { media: { state: 'ok', value: took }, frames, level }
  } catch {
    return { media: { state: 'failed' }, frames: 0, level: 0 }
  } finally {
    out.close()
    back.close()
  }
}

function connected(pc: RTCPeerConnection, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeoutMs)
    const look = () => {
      if (pc.connectionState !== 'connected' && pc.connectionState !== 'failed') return
      clearTimeout(timer)
      resolve(pc.connectionState === 'connected')
    }
    pc.onconnectionstatechange = look
    look()
  })
}
