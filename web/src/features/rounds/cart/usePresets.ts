/** The presets of one bed, applied to the camera by this page; null where the camera cannot be steered. */
import { useEffect, useMemo, useState } from 'react'
import {
  type Axis,
  keep,
  keptOf,
  lookOf,
  moved,
  type Name,
  type Ranges,
  rangesOf,
  turn,
  within,
} from './presets'

export type Presets = {
  on: Name | null
  ranges: Ranges
  failed: boolean
  choose: (name: Name) => void
  move: (axis: Axis, by: 1 | -1) => void
}

export function usePresets(
  track: MediaStreamTrack | null,
  ward: string,
  bed: string,
): Presets | null {
  const ranges = useMemo(() => rangesOf(track), [track])
  const [kept, setKept] = useState(() => keptOf(ward, bed))
  const [failed, setFailed] = useState(false)
  const tell = (done: Promise<void>) =>
    done.then(
      () => setFailed(false),
      () => setFailed(true),
    )
  /** With the bed the camera looks where it looked there last. */
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each camera and bed
  useEffect(() => {
    const now = keptOf(ward, bed)
    setKept(now)
    const at = now.last && now.at[now.last]
    if (track && ranges && at) void tell(turn(track, within(at, ranges)))
  }, [track, ranges, ward, bed])
  if (!track || !ranges) return null
  const put = (next: typeof kept) => {
    setKept(next)
    keep(ward, bed, next)
  }
  return {
    on: kept.last,
    ranges,
    failed,
    choose(name) {
      put({ ...kept, last: name })
      const at = kept.at[name]
      if (at) void tell(turn(track, within(at, ranges)))
    },
    move(axis, by) {
      const name = kept.last ?? 'whole'
      const at = moved(kept.at[name] ?? lookOf(track, ranges), ranges, axis, by)
      put({ last: name, at: { ...kept.at, [name]: at } })
      void tell(turn(track, at))
    },
  }
}
