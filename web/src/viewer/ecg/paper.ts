/** The sheet of an electrocardiogram: which lead stands where, and its line, in millimetres of the paper. */
import { type Curve, LEADS, type Recording } from './recording'

export const FORMS = ['3x4', '12x1'] as const
export type Form = (typeof FORMS)[number]
/** Millimetres a second. */
export const SPEEDS = [12.5, 25, 50] as const
/** Millimetres a millivolt. */
export const GAINS = [5, 10, 20] as const
export type Setting = {
  form: Form
  speed: (typeof SPEEDS)[number]
  gain: (typeof GAINS)[number]
}
export const USUAL: Setting = { form: '3x4', speed: 25, gain: 10 }

/** A piece of a lead: its name, where its line begins and lies, and from when until when, in seconds. */
export type Strip = {
  lead: string
  curve: Curve | null
  x: number
  y: number
  from: number
  until: number
}
export type Sheet = {
  width: number
  height: number
  /** Where each row lies, for the mark of one millivolt at its beginning. */
  rows: readonly number[]
  strips: readonly Strip[]
}

const COLUMNS = 4
/** The mark of one millivolt, five millimetres wide, with room on both sides. */
export const MARGIN = 10
const ROW = { '3x4': 30, '12x1': 20 }
/** Lines are drawn as finely as a screen shows them. */
const FINEST_MM = 0.1

export function sheetOf({ curves, seconds }: Recording, { form, speed, gain }: Setting): Sheet {
  const of = (lead: string) => curves.find((curve) => curve.lead === lead) ?? null
  // Twice as high a line needs twice as high a row.
  const row = ROW[form] * Math.max(1, gain / 10)
  const line = (n: number) => row * (n + 0.5)
  const strips: Strip[] = []
  const put = (lead: string, nth: number, from: number, until: number) =>
    strips.push({ lead, curve: of(lead), x: MARGIN + from * speed, y: line(nth), from, until })
  if (form === '3x4') {
    const each = seconds / COLUMNS
    for (const [n, lead] of LEADS.entries()) {
      const column = Math.floor(n / 3)
      put(lead, n % 3, column * each, (column + 1) * each)
    }
    const rhythm = ['II', 'V1', 'I'].find(of) ?? curves[0]?.lead
    if (rhythm !== undefined) put(rhythm, 3, 0, seconds)
  } else {
    const others = curves.map(({ lead }) => lead).filter((lead) => !isLead(lead))
    for (const [n, lead] of [...LEADS, ...new Set(others)].entries()) put(lead, n, 0, seconds)
  }
  const rows = [...new Set(strips.map(({ y }) => y))]
  return { width: 2 * MARGIN + seconds * speed, height: row * rows.length, rows, strips }
}

const isLead = (lead: string): boolean => (LEADS as readonly string[]).includes(lead)

/** The line of a strip. Of many values within a tenth of a millimetre the least and the greatest are drawn. */
export function pathOf(
  { curve, x, y, from, until }: Strip,
  rate: number,
  setting: Setting,
): string {
  if (!curve) return ''
  const { speed, gain } = setting
  const first = Math.max(0, Math.ceil((from - curve.skew) * rate))
  const end = Math.min(curve.values.length, Math.ceil((until - curve.skew) * rate))
  const each = Math.max(1, Math.floor((FINEST_MM / speed) * rate))
  const parts: string[] = []
  let drawing = false
  const point = (i: number) => {
    const value = curve.values[i] as number
    if (Number.isNaN(value)) {
      drawing = false
      return
    }
    const at = x + (curve.skew + i / rate - from) * speed
    parts.push(`${drawing ? 'L' : 'M'}${at.toFixed(2)} ${(y - value * gain).toFixed(2)}`)
    drawing = true
  }
  for (let i = first; i < end; i += each)
    for (const one of ends(curve.values, i, Math.min(end, i + each))) point(one)
  return parts.join('')
}

/** Where the least and the greatest of these values are, in order; where one is missing, that one too. */
function ends(values: Float32Array, from: number, end: number): number[] {
  let [low, high, gap] = [from, from, -1]
  for (let i = from; i < end; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) gap = i
    else {
      if (!(value >= (values[low] as number))) low = i
      if (!(value <= (values[high] as number))) high = i
    }
  }
  return [...new Set([low, high, gap].filter((i) => i >= 0))].sort((a, b) => a - b)
}

/** Between two places of the paper, in millimetres: time, rate and voltage. */
export function between(
  a: readonly [number, number],
  b: readonly [number, number],
  { speed, gain }: Setting,
): { ms: number; bpm: number | null; mv: number } {
  const ms = Math.round((Math.abs(b[0] - a[0]) / speed) * 1000)
  return {
    ms,
    bpm: ms > 0 ? Math.round(60_000 / ms) : null,
    mv: Math.round((Math.abs(b[1] - a[1]) / gain) * 100) / 100,
  }
}
