/** Where a camera looks, by bed: kept in this browser by ward and bed number, and nothing of who lies there. */
export const NAMES = ['whole', 'face', 'monitor', 'limb'] as const
export type Name = (typeof NAMES)[number]
const AXES = ['pan', 'tilt', 'zoom'] as const
export type Axis = (typeof AXES)[number]
export type Steer = Partial<Record<Axis, number>>
type Range = { min: number; max: number }
export type Ranges = Partial<Record<Axis, Range>>

/** A press moves it by this share of what it can. */
const STEP = 1 / 16

/** What this camera can be turned and zoomed by; null: nothing. */
export function rangesOf(track: MediaStreamTrack | null): Ranges | null {
  const can = (track?.getCapabilities?.() ?? {}) as Partial<Record<Axis, Range>>
  const found = AXES.flatMap((axis) => {
    const range = can[axis]
    return range && range.max > range.min ? [[axis, range] as const] : []
  })
  return found.length > 0 ? Object.fromEntries(found) : null
}

/** Where it looks now. */
export function lookOf(track: MediaStreamTrack, ranges: Ranges): Steer {
  const now = track.getSettings() as Steer
  return Object.fromEntries(
    (Object.keys(ranges) as Axis[]).map((axis) => [axis, now[axis] ?? ranges[axis]?.min ?? 0]),
  )
}

export function moved(at: Steer, ranges: Ranges, axis: Axis, by: 1 | -1): Steer {
  const range = ranges[axis]
  if (!range) return at
  const next = (at[axis] ?? range.min) + by * (range.max - range.min) * STEP
  return { ...at, [axis]: Math.min(range.max, Math.max(range.min, next)) }
}

/** Within what this camera can: it may have been kept of another. */
export function within(wanted: Steer, ranges: Ranges): Steer {
  return Object.fromEntries(
    (Object.keys(ranges) as Axis[]).flatMap((axis) => {
      const [range, value] = [ranges[axis], wanted[axis]]
      return range && value !== undefined
        ? [[axis, Math.min(range.max, Math.max(range.min, value))]]
        : []
    }),
  )
}

export const turn = (track: MediaStreamTrack, to: Steer): Promise<void> =>
  track.applyConstraints({ advanced: [to as MediaTrackConstraintSet] })

export type Kept = { last: Name | null; at: Partial<Record<Name, Steer>> }
const EMPTY: Kept = { last: null, at: {} }

const keyOf = (ward: string, bed: string): string => `round-camera/${ward}/${bed}`

export function keptOf(ward: string, bed: string): Kept {
  try {
    return { ...EMPTY, ...(JSON.parse(localStorage.getItem(keyOf(ward, bed)) ?? '{}') as Kept) }
  } catch {
    return EMPTY
  }
}

export function keep(ward: string, bed: string, kept: Kept): void {
  localStorage.setItem(keyOf(ward, bed), JSON.stringify(kept))
}
