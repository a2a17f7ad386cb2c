/** A month of a roster while it is planned: who stands where, what of it is fixed, who wishes what. Pure. */
import type { Schemas } from '../../../api/client'
import { siteDay } from '../../../zone'
import {
  addDays,
  beginningIn,
  daysFrom,
  inSlot,
  type Plan,
  type Shift,
  type Slot,
  slotsOf,
  spanOf,
  withInSlot,
  within,
} from '../week'

export type Basis = Schemas['PlanningBasis']
export type Answer = Schemas['PlannedOut']
export type Wish = Schemas['PlanWishIn']['wish']
export type Can = Schemas['PlannedPersonIn']['shifts'] | 'none'
export type Limits = Pick<
  Schemas['PlanAskIn'],
  'places' | 'rest_hours' | 'nights_in_a_row' | 'most_shifts'
>
export type Draft = {
  shifts: readonly Shift[]
  /** The keys of those that stay when it is planned again. */
  fixed: ReadonlySet<string>
  wishes: ReadonlyMap<string, Wish>
  can: ReadonlyMap<string, Can>
}
export type Counts = { shifts: number; nights: number; holidays: number }

export const keyOf = ({ staff_id, starts, ends, place }: Shift): string =>
  `${staff_id} ${Date.parse(starts)} ${Date.parse(ends)} ${place}`

export const wishKey = (staff: string, day: string): string => `${staff} ${day}`

/** The first day of a month, `2026-12`, and how many it has. */
export function monthOf(month: string): { first: string; days: number } {
  const first = `${month}-01`
  const next = `${addDays(first, 31).slice(0, 7)}-01`
  return { first, days: Math.round((Date.parse(next) - Date.parse(first)) / 86_400_000) }
}

/** The month some months after that of a day. */
export function monthAfter(day: string, by: number): string {
  const at = new Date(`${day.slice(0, 7)}-15T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + by)
  return at.toISOString().slice(0, 7)
}

/** What is saved, all of it fixed. */
export const saved = (plan: Plan): Pick<Draft, 'shifts' | 'fixed'> => {
  const shifts = beginningIn(plan)
  return { shifts, fixed: new Set(shifts.map(keyOf)) }
}

export const begin = (plan: Plan): Draft => ({
  ...saved(plan),
  wishes: new Map(),
  can: new Map(),
})

/** The shifts of somebody that begin on a day of the roster. */
export function shiftsOn(plan: Plan, shifts: readonly Shift[], staff: string, day: string) {
  const slots = slotsOf(plan.roster, day)
  const [first, last] = [slots[0], slots.at(-1)]
  if (!first || !last) return []
  return shifts.filter(
    (each) =>
      each.staff_id === staff &&
      first.span.start <= spanOf(each).start &&
      spanOf(each).start < last.span.end,
  )
}

/** What of a draft is of one person, as a text to compare. */
export function ofPerson({ shifts, fixed, wishes, can }: Draft, staff: string): string {
  const theirs = shifts.filter(({ staff_id }) => staff_id === staff).map(keyOf)
  const said = [...wishes].filter(([key]) => key.startsWith(`${staff} `))
  return JSON.stringify([theirs, theirs.map((each) => fixed.has(each)), said, can.get(staff)])
}

/** The slots of a day that somebody should have, by the times that the roster covers. */
export const wanted = (plan: Plan, day: string): Slot[] =>
  slotsOf(plan.roster, day).filter(
    ({ span }) =>
      within(
        span,
        plan.covered.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })),
      ).length > 0,
  )

/** Somebody in a place of a slot, for good; whoever stood there no longer does, nor they in another place of it. */
export function put(draft: Draft, slot: Slot, place: number, staff: string): Draft {
  const elsewhere = draft.shifts.filter(
    (each) =>
      !(
        each.staff_id === staff &&
        spanOf(each).start === slot.span.start &&
        spanOf(each).end === slot.span.end
      ),
  )
  const shifts = withInSlot(elsewhere, slot, place, staff)
  const made = inSlot(shifts, slot, place)
  return { ...draft, shifts, fixed: made ? new Set([...draft.fixed, keyOf(made)]) : draft.fixed }
}

export const without = (draft: Draft, gone: readonly Shift[]): Draft => ({
  ...draft,
  shifts: draft.shifts.filter((each) => !gone.includes(each)),
})

/** Fixes these shifts, or where all are fixed lets go of them. */
export function fix(draft: Draft, some: readonly Shift[]): Draft {
  const keys = some.map(keyOf)
  const all = keys.every((each) => draft.fixed.has(each))
  const fixed = new Set(draft.fixed)
  for (const each of keys) all ? fixed.delete(each) : fixed.add(each)
  return { ...draft, fixed }
}

export function wish(draft: Draft, staff: string, day: string, what: Wish | null): Draft {
  const wishes = new Map(draft.wishes)
  if (what === null || wishes.get(wishKey(staff, day)) === what) wishes.delete(wishKey(staff, day))
  else wishes.set(wishKey(staff, day), what)
  return { ...draft, wishes }
}

/** What stays when it is planned again: what is fixed, and what has begun. */
export const kept = (draft: Draft, now: number): Shift[] =>
  draft.shifts.filter((each) => draft.fixed.has(keyOf(each)) || spanOf(each).start <= now)

export const answered = (draft: Draft, answer: Answer, now: number): Draft => ({
  ...draft,
  shifts: [...kept(draft, now), ...answer.shifts],
})

export function asked(plan: Plan, draft: Draft, limits: Limits, now: number): Schemas['PlanAskIn'] {
  const people = plan.people.flatMap(({ id, eligible }) => {
    const shifts = draft.can.get(id) ?? 'all'
    return eligible && shifts !== 'none' ? [{ staff_id: id, shifts }] : []
  })
  const wishes = [...draft.wishes].map(([key, what]) => {
    const [staff_id = '', day = ''] = key.split(' ')
    return { staff_id, day, wish: what }
  })
  const { first, days } = plan
  return { first, days, ...limits, people, wishes, kept: kept(draft, now) }
}

/** How many places of a day are empty that are not over. */
export const emptyOn = (plan: Plan, draft: Draft, places: number, day: string, now: number) =>
  wanted(plan, day).flatMap((slot) =>
    slot.span.start <= now
      ? []
      : Array.from({ length: places }, (_, n) => n + 1).filter(
          (place) =>
            !draft.shifts.some(
              (each) =>
                each.place === place &&
                spanOf(each).start < slot.span.end &&
                slot.span.start < spanOf(each).end,
            ),
        ),
  ).length

/** What somebody has in the month: shifts, those past midnight, and those that begin on a day off. */
export function countsOf(plan: Plan, basis: Basis, draft: Draft, staff: string): Counts {
  const found = { shifts: 0, nights: 0, holidays: 0 }
  for (const day of daysFrom(plan.first, plan.days)) {
    const there = shiftsOn(plan, draft.shifts, staff, day)
    found.shifts += there.length
    found.nights += there.filter((each) => isNight(each)).length
    if (basis.holidays.includes(day)) found.holidays += there.length
  }
  return found
}

/** Past midnight, as the server counts. */
const isNight = (shift: Shift): boolean => {
  const { start, end } = spanOf(shift)
  return siteDay(end - 1) > siteDay(start)
}

export type Range = { least: number; most: number }

export const rangeOf = (some: readonly number[]): Range => ({
  least: some.length ? Math.min(...some) : 0,
  most: some.length ? Math.max(...some) : 0,
})

/** How many wishes to be free or on duty there are, and how many are met. */
export function wishesMet(plan: Plan, draft: Draft): { said: number; met: number } {
  const soft = [...draft.wishes].filter(([, what]) => what !== 'cannot')
  const met = soft.filter(([key, what]) => {
    const [staff = '', day = ''] = key.split(' ')
    const busy = shiftsOn(plan, draft.shifts, staff, day).length > 0
    return what === 'on' ? busy : !busy
  })
  return { said: soft.length, met: met.length }
}

/** Whether somebody is on leave for a part of a day of the roster. */
export const onLeave = (plan: Plan, basis: Basis, staff: string, day: string): boolean => {
  const slots = slotsOf(plan.roster, day)
  return basis.leave.some(
    ({ staff_id, span }) =>
      staff_id === staff &&
      slots.some(
        (slot) => Date.parse(span.start) < slot.span.end && slot.span.start < Date.parse(span.end),
      ),
  )
}
