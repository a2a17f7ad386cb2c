/** Computes from the connection's counters how good the link is, and whether we are speaking. */
import type { Level } from './wire'

export interface Link {
  level: Level
  /** ms */
  rtt?: number
  /** 0 to 1 */
  loss?: number
  /** kbit/s */
  down?: number
  up?: number
}

export interface Sample {
  at: number
  rtt: number | undefined
  received: number
  lost: number
  lostThere: number | undefined
  bytesIn: number
  bytesOut: number
  /** Of our microphone since it was opened: the sum over time of the squared level. */
  energy: number
  seconds: number
  framesDecoded: number
}

const FAIR = { rtt: 300, loss: 0.03 }
const POOR = { rtt: 700, loss: 0.1 }
/** Root mean square level. Speech is well above this; a quiet room is near 0.001. */
const SPEAKING = 0.015

/** A report of getStats; only the members that are read here. */
type Report = { type: string; kind?: string } & Record<string, unknown>

export function sample(stats: RTCStatsReport): Sample {
  const all = [...stats.values()] as Report[]
  const sum = (type: string, key: string) =>
    all.filter((each) => each.type === type).reduce((total, each) => total + number(each[key]), 0)
  const pair = all.find((each) => each.type === 'candidate-pair' && each.nominated === true)
  const there = all.filter((each) => each.type === 'remote-inbound-rtp')
  const mic = all.find((each) => each.type === 'media-source' && each.kind === 'audio')
  const rtt = pair?.currentRoundTripTime
  return {
    at: performance.now(),
    rtt: typeof rtt === 'number' ? 1000 * rtt : undefined,
    received: sum('inbound-rtp', 'packetsReceived'),
    lost: sum('inbound-rtp', 'packetsLost'),
    lostThere: there.length
      ? Math.max(...there.map((each) => number(each.fractionLost)))
      : undefined,
    bytesIn: sum('inbound-rtp', 'bytesReceived'),
    bytesOut: sum('outbound-rtp', 'bytesSent'),
    energy: number(mic?.totalAudioEnergy),
    seconds: number(mic?.totalSamplesDuration),
    framesDecoded: sum('inbound-rtp', 'framesDecoded'),
  }
}

/** The link's quality between two samples of a connection. */
export function between(before: Sample, now: Sample): Link {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000)
  const received = Math.max(0, now.received - before.received)
  const lost = Math.max(0, now.lost - before.lost)
  const here = received + lost > 0 ? lost / (received + lost) : 0
  const loss = Math.min(1, Math.max(here, now.lostThere ?? 0))
  const rate = (a: number, b: number) => Math.max(0, Math.round(((b - a) * 8) / 1000 / seconds))
  const link: Link = {
    level: levelOf(now.rtt ?? 0, loss),
    loss,
    down: rate(before.bytesIn, now.bytesIn),
    up: rate(before.bytesOut, now.bytesOut),
  }
  return now.rtt === undefined ? link : { ...link, rtt: now.rtt }
}

/** The link when nothing arrives; loss and round trip are left out, because they are old. */
export function cut({ down = 0, up = 0 }: Link): Link {
  return { level: 'poor', down, up }
}

export function levelOf(rtt: number, loss: number): Level {
  if (rtt > POOR.rtt || loss > POOR.loss) return 'poor'
  return rtt > FAIR.rtt || loss > FAIR.loss ? 'fair' : 'good'
}

/** How loud our microphone was between two samples, 0 to 1. */
export function loudness(before: Sample, now: Sample): number {
  const seconds = now.seconds - before.seconds
  return seconds > 0 ? Math.sqrt(Math.max(0, now.energy - before.energy) / seconds) : 0
}

export function speaks(loud: number): boolean {
  return loud > SPEAKING
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
