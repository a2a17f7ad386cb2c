/** A year of days: whether each is worked, by the week, by what holds for all, and by what is the hospital's own. Pure. */
import type { Schemas } from '../../api/client'

export type Calendar = Schemas['CalendarYear']
export type DayKind = Schemas['DayKind']
type Day = Schemas['DayOut']
/** Whose days are edited. */
export type Whose = 'all' | 'own'
/** What is changed and not yet saved, by day; null: as on others of its weekday. */
export type Edits = ReadonlyMap<string, DayKind | null>

const DAY_MS = 86_400_000
const MONTHS = 12
const WEEK = 7
const SATURDAY = 5

export const isoDay = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10)

/** From 0 for Monday. */
export const weekday = (day: string): number => (new Date(day).getUTCDay() + WEEK - 1) % WEEK

/** The weeks of each month, from Monday; null where a day belongs to another month. */
export const monthsOf = (year: number): (string | null)[][][] =>
  Array.from({ length: MONTHS }, (_, month) => {
    const before = weekday(isoDay(year, month, 1))
    const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    const cells = Array.from({ length: Math.ceil((before + days) / WEEK) * WEEK }, (__, n) =>
      n < before || n >= before + days ? null : isoDay(year, month, n - before + 1),
    )
    return Array.from({ length: cells.length / WEEK }, (__, n) =>
      cells.slice(n * WEEK, (n + 1) * WEEK),
    )
  })

const find = (days: readonly Day[], day: string) => days.find(({ date }) => date === day)

/** What is entered in one list, with what is changed in it. */
export const entered = (days: readonly Day[], edits: Edits | null, day: string): DayKind | null =>
  edits?.has(day) ? (edits.get(day) ?? null) : (find(days, day)?.kind ?? null)

/** Whether it is worked by the week alone. */
export function byWeek({ hours: { week } }: Calendar, day: string): boolean {
  const of = week[weekday(day)]
  return of === undefined ? weekday(day) < SATURDAY : of !== ''
}

/** Whether it is worked if nothing is entered in the list that is edited. */
const underneath = (calendar: Calendar, whose: Whose, day: string): boolean => {
  // What holds for all stands above weeks that differ between hospitals.
  if (whose === 'all') return weekday(day) < SATURDAY
  const all = find(calendar.of_all, day)
  return all ? all.kind === 'work' : byWeek(calendar, day)
}

export type Shown = { works: boolean; marked: boolean; name: string; changed: boolean }

export function shown(calendar: Calendar, whose: Whose, edits: Edits, day: string): Shown {
  const list = whose === 'all' ? calendar.of_all : calendar.own
  const own = entered(list, edits, day)
  const all = whose === 'own' ? find(calendar.of_all, day) : undefined
  const kind = own ?? all?.kind ?? null
  const name = find(list, day)?.name || all?.name || ''
  return {
    works: kind ? kind === 'work' : underneath(calendar, whose, day),
    marked: kind !== null,
    name: kind ? name : '',
    changed: edits.has(day),
  }
}

/** Worked becomes free and free worked; what then agrees with what lies underneath is taken out. */
export function toggled(calendar: Calendar, whose: Whose, edits: Edits, day: string): Edits {
  const works = !shown(calendar, whose, edits, day).works
  const list = whose === 'all' ? calendar.of_all : calendar.own
  const kind = works === underneath(calendar, whose, day) ? null : works ? 'work' : 'off'
  const next = new Map(edits)
  if (kind === (find(list, day)?.kind ?? null)) next.delete(day)
  else next.set(day, kind)
  return next
}

export const changesOf = (
  calendar: Calendar,
  whose: Whose,
  edits: Edits,
  name: string,
): Schemas['DayIn'][] => {
  const list = whose === 'all' ? calendar.of_all : calendar.own
  return [...edits].map(([date, kind]) => ({
    date,
    before: find(list, date)?.kind ?? null,
    kind,
    name: kind ? name : '',
  }))
}
