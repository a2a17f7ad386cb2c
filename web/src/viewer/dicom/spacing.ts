/** The size of a pixel, and its basis (calibrated, detector …), without which a length misleads. */
import type { Vec2 } from '../types'
import { type Dataset, items, number, numbers, text } from './json'

export type Basis = 'patient' | 'calibrated' | 'detector' | 'unknown' | 'ultrasound' | 'none'

/** Millimetres between columns and between rows; with basis none only their proportion. */
export type Spacing = { column: number; row: number; basis: Basis }

type Region = { x0: number; y0: number; x1: number; y1: number; column: number; row: number }

const PROJECTION = new Set(['CR', 'DX', 'MG', 'XA', 'RF', 'PX', 'IO', 'RG'])
const CENTIMETRE = 3 // PS3.3 C.8.5.5.1.15, Physical Units

function pair(ds: Dataset | undefined, tag: string): Vec2 | null {
  const [row, column] = ds ? numbers(ds, tag) : []
  return row && column && row > 0 && column > 0 ? [row, column] : null
}

const same = (a: Vec2, b: Vec2) => Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6

export function spacingOf(ds: Dataset, measures?: Dataset): Spacing {
  const pixel = pair(measures, '00280030') ?? pair(ds, '00280030')
  const imager = pair(ds, '00181164')
  if (pixel && PROJECTION.has(text(ds, '00080060'))) {
    return { row: pixel[0], column: pixel[1], basis: projected(ds, pixel, imager) }
  }
  if (pixel) return { row: pixel[0], column: pixel[1], basis: 'patient' }
  if (imager) return { row: imager[0], column: imager[1], basis: 'detector' }
  const [only, second] = regions(ds)
  if (only && !second) return { row: only.row, column: only.column, basis: 'ultrasound' }
  const [vertical, horizontal] = numbers(ds, '00280034') // Pixel Aspect Ratio
  const ratio = vertical && horizontal ? vertical / horizontal : 1
  return { column: 1, row: ratio, basis: 'none' }
}

/** The meaning of Pixel Spacing in a projection (PS3.3 §10.7), from its type, or compared with the detector's spacing. */
function projected(ds: Dataset, pixel: Vec2, imager: Vec2 | null): Basis {
  if (text(ds, '00280A02')) return 'calibrated' // Pixel Spacing Calibration Type
  if (!imager) return 'unknown'
  // If equal to the detector's spacing, it was only copied from there.
  return same(pixel, imager) ? 'detector' : 'calibrated'
}

/** The calibrated regions of an ultrasound picture, in millimetres. */
function regions(ds: Dataset): Region[] {
  return items(ds, '00186011').flatMap((region) => {
    const column = number(region, '0018602C')
    const row = number(region, '0018602E')
    const units = [number(region, '00186024'), number(region, '00186026')]
    if (!column || !row || units.some((unit) => unit !== CENTIMETRE)) return []
    return [
      {
        x0: number(region, '00186018') ?? 0,
        y0: number(region, '0018601A') ?? 0,
        x1: number(region, '0018601C') ?? 0,
        y1: number(region, '0018601E') ?? 0,
        column: Math.abs(column) * 10,
        row: Math.abs(row) * 10,
      },
    ]
  })
}

/** The spacing for what lies between places; in ultrasound all of them must be in the same region. */
export function spacingOver(ds: Dataset, whole: Spacing, places: readonly Vec2[]): Spacing {
  const known = regions(ds)
  if (known.length === 0 || (whole.basis !== 'ultrasound' && whole.basis !== 'none')) return whole
  const inside = (r: Region, p: Vec2) =>
    p[0] >= r.x0 && p[0] <= r.x1 && p[1] >= r.y0 && p[1] <= r.y1
  const found = known.find((region) => places.every((place) => inside(region, place)))
  return found
    ? { column: found.column, row: found.row, basis: 'ultrasound' }
    : { column: 1, row: 1, basis: 'none' }
}

export type Length = { value: number; unit: 'mm' | 'px'; basis: Basis }

export function lengthOf(spacing: Spacing, from: Vec2, to: Vec2): Length {
  const value = Math.hypot((to[0] - from[0]) * spacing.column, (to[1] - from[1]) * spacing.row)
  if (spacing.basis !== 'none') return { value, unit: 'mm', basis: spacing.basis }
  return { value: Math.hypot(to[0] - from[0], to[1] - from[1]), unit: 'px', basis: 'none' }
}
