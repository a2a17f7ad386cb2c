/** How far each entry of a day has come. */
import type { Schemas } from '../../api/client'
import type { Tone } from '../../kit/Pill'

/** An emergency has no end; a busy time has no phase. */
type Timed = { starts_at: string; ends_at: string | null; phase: Schemas['Phase'] | null }
export type Shown =
  | 'done'
  | 'now'
  | 'next'
  | 'later'
  | 'interrupted'
  | 'unheld'
  | 'late'
  | 'unsettled'
export const TONES: Record<Exclude<Shown, 'later'>, Tone> = {
  done: 'done',
  now: 'urgent',
  next: 'brand',
  interrupted: 'urgent',
  unheld: 'quiet',
  late: 'urgent',
  unsettled: 'quiet',
}

/** What each entry shows: an activity what became of it, a busy time whether it is over, running, or next. */
export function shownOf(entries: Timed[], now: number): Shown[] {
  const next = entries.findIndex(
    ({ starts_at, phase }) =>
      Date.parse(starts_at) > now && (phase === null || phase === 'planned'),
  )
  return entries.map(({ starts_at, ends_at, phase }, i) => {
    if (phase === 'over') return 'done'
    if (phase === 'running') return 'now'
    if (phase === 'interrupted') return 'interrupted'
    if (Date.parse(ends_at ?? starts_at) <= now) return phase === null ? 'done' : 'unheld'
    if (Date.parse(starts_at) <= now) return phase === null ? 'now' : 'late'
    if (phase === 'unsettled') return 'unsettled'
    return i === next ? 'next' : 'later'
  })
}
