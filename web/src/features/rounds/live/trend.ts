/** The last 72 hours of one measure as points, and where they lie in a small chart. Pure. */
import type { Schemas } from '../../../api/client'
import { siteDay, siteHour } from '../../../zone'

type Observation = Schemas['ObservationOut']
/** `second`: the lower of two, as of a blood pressure. */
export type Point = { at: number; value: number; second: number | null; flagged: boolean }

export const HOURS = 72
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Above and below the lines, as a share of the height. */
const AIR = 0.1

/** The numbers of a value as it is written: 131, < 5, 3 260, 98/62; null where it is words. */
export function numbersIn(written: string): { value: number; second: number | null } | null {
  const plain = written.replace(/(\d)[\s,](?=\d{3})/g, '$1').trim()
  const found = /^[<>≤≥]?\s*(-?\d+(?:\.\d+)?)(?:\s*\/\s*(\d+(?:\.\d+)?))?$/.exec(plain)
  if (!found) return null
  return { value: Number(found[1]), second: found[2] === undefined ? null : Number(found[2]) }
}

/** The oldest first; values that are words are left out. */
export const pointsOf = (one: Observation, now: number): Point[] =>
  [one, ...(one.older ?? [])]
    .flatMap(({ value, flag, at }): Point[] => {
      const found = numbersIn(value)
      const when = Date.parse(at)
      if (!found || when < now - HOURS * HOUR) return []
      return [{ at: when, ...found, flagged: flag !== '' }]
    })
    .sort((a, b) => a.at - b.at)

export type Shape = {
  /** Of the first and, if there is one, the second value: in percent of width and height, from the upper left. */
  lines: { x: number; y: number; flagged: boolean }[][]
  /** What is normal. */
  band: { top: number; height: number } | null
  /** Midnights, as days of the month. */
  days: { x: number; day: number }[]
}

export function shapeOf(one: Observation, now: number): Shape | null {
  const points = pointsOf(one, now)
  if (points.length === 0) return null
  const low = numbersIn(one.ref_low)?.value ?? null
  const high = numbersIn(one.ref_high)?.value ?? null
  const second = points.flatMap((each) => (each.second === null ? [] : [each.second]))
  const all = [...points.map(({ value }) => value), ...second]
  const [least, most] = [
    Math.min(...all, ...(low === null ? [] : [low])),
    Math.max(...all, ...(high === null ? [] : [high])),
  ]
  const span = most - least || Math.abs(most) || 1
  const [bottom, top] = [least - span * AIR, most + span * AIR]
  const y = (value: number) => ((top - value) / (top - bottom)) * 100
  const x = (at: number) => ((at - (now - HOURS * HOUR)) / (HOURS * HOUR)) * 100
  const line = (of: (point: Point) => number | null) =>
    points.flatMap((point) => {
      const value = of(point)
      return value === null ? [] : [{ x: x(point.at), y: y(value), flagged: point.flagged }]
    })
  const ceiling = y(high ?? top)
  return {
    lines: [line(({ value }) => value), line((point) => point.second)].filter(
      (each) => each.length,
    ),
    band:
      low === null && high === null
        ? null
        : { top: ceiling, height: Math.max(0, y(low ?? bottom) - ceiling) },
    days: midnights(now).map((at) => ({ x: x(at), day: Number(siteDay(at).slice(8)) })),
  }
}

/** The site's midnights of the last 72 hours. */
function midnights(now: number): number[] {
  const days = [2, 1, 0].map((back) => siteHour(siteDay(now - back * DAY), 0))
  return days.filter((at) => at > now - HOURS * HOUR)
}

const URGENCY: Record<Observation['flag'], number> = { critical: 0, high: 1, low: 1, '': 2 }
const FIRST = [
  'heart_rate',
  'pulse',
  'blood_pressure',
  'oxygen_saturation',
  'weight',
  'temperature',
]

/** Vital signs in their usual order; tests with what is abnormal first, then what was measured often. */
export function inOrder(
  all: readonly Observation[],
  sign: (one: Observation) => string | null,
): Observation[] {
  const place = (one: Observation) => {
    const at = FIRST.indexOf(sign(one) ?? '')
    return at < 0 ? FIRST.length : at
  }
  const often = (one: Observation) => one.older?.length ?? 0
  return [...all].sort((a, b) =>
    a.kind === 'vital'
      ? place(a) - place(b)
      : URGENCY[a.flag] - URGENCY[b.flag] || often(b) - often(a),
  )
}
