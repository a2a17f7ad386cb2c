/** When somebody can be had, as the form has it: a line for each weekday. Pure. */
import type { Schemas } from '../../api/client'

export type Kept = Schemas['AvailabilityOut']
export type Times = { starts: string; ends: string }
export type Line = { work: Times; tele: Times }
export type Form = { own: boolean; days: Line[]; buffer: number }

const WEEKDAYS = 7
const NONE: Times = { starts: '', ends: '' }
const USUAL: Times = { starts: '08:00', ends: '17:00' }

const timesOf = (written: string | undefined): Times => {
  const [starts = '', ends = ''] = (written ?? '').split('-')
  return { starts, ends }
}

/** Whoever begins hours of their own begins with Monday to Friday. */
export function formOf({ week, tele, buffer_minutes }: Kept): Form {
  const own = week.length > 0
  const days = Array.from({ length: WEEKDAYS }, (_, n) => ({
    work: own ? timesOf(week[n]) : n < 5 ? USUAL : NONE,
    tele: timesOf(tele[n]),
  }))
  return { own, days, buffer: buffer_minutes }
}

export function sentOf({ own, days, buffer }: Form): Schemas['AvailabilityIn'] {
  const written = ({ starts, ends }: Times) => (starts && ends ? `${starts}-${ends}` : '')
  return {
    week: own ? days.map(({ work }) => written(work)) : [],
    tele: days.map(({ tele }) => written(tele)),
    buffer_minutes: buffer,
  }
}

/** Why it cannot be saved, as a word. */
export function faultOf({ own, days }: Form): 'half' | 'order' | 'never' | null {
  const all = days.flatMap(({ work, tele }) => (own ? [work, tele] : [tele]))
  if (all.some(({ starts, ends }) => Boolean(starts) !== Boolean(ends))) return 'half'
  if (all.some(({ starts, ends }) => starts && starts >= ends)) return 'order'
  return own && days.every(({ work }) => !work.starts) ? 'never' : null
}
