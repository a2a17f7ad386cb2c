/** Working hours as the form has them: the usual ones, and each weekday as usual, of its own, or closed. Pure. */
import type { Schemas } from '../../api/client'

export type Hours = Schemas['HoursKept']
export type Mode = 'usual' | 'own' | 'closed'
export type WeekdayHours = { mode: Mode; starts: string; ends: string }
export type Kept = { starts: string; ends: string; days: WeekdayHours[]; single: boolean }

const WEEKDAYS = 7
const SATURDAY = 5

export const modeOf = ({ mode }: WeekdayHours): Mode => mode

export function fromHours({ starts, ends, week, single_signature }: Hours): Kept {
  const days = Array.from({ length: WEEKDAYS }, (_, n): WeekdayHours => {
    const written = week[n]
    if (written === undefined) return { mode: n < SATURDAY ? 'usual' : 'closed', starts, ends }
    if (written === '') return { mode: 'closed', starts, ends }
    const [from = starts, until = ends] = written.split('-')
    return { mode: written === `${starts}-${ends}` ? 'usual' : 'own', starts: from, ends: until }
  })
  return { starts, ends, days, single: single_signature }
}

/** A week that is Monday to Friday as usual is written as none. */
export function toHours({ starts, ends, days, single }: Kept): Omit<Hours, 'version'> {
  const usual = days.every(({ mode }, n) => mode === (n < SATURDAY ? 'usual' : 'closed'))
  const week = days.map((day) =>
    day.mode === 'closed'
      ? ''
      : day.mode === 'usual'
        ? `${starts}-${ends}`
        : `${day.starts}-${day.ends}`,
  )
  return { starts, ends, week: usual ? [] : week, single_signature: single }
}

/** Why it cannot be saved, as a word. */
export function hoursFault({ starts, ends, days }: Kept): 'order' | 'never' | null {
  const own = days.filter(({ mode }) => mode === 'own')
  const spans = [{ starts, ends }, ...own]
  if (spans.some((span) => !span.starts || !span.ends || span.starts >= span.ends)) return 'order'
  return days.every(({ mode }) => mode === 'closed') ? 'never' : null
}
