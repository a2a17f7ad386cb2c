/** The rules by which rounds, teleclinics and teaching come again, as far as hospitals need them: parts of RFC 5545 that
 *  the server takes too. */

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Day = (typeof DAYS)[number]
export const NTHS = [1, 2, 3, 4, -1] as const
export type Nth = (typeof NTHS)[number]
/** Every so many weeks on these days, or every so many months on the n-th of the first of them. */
export type Rule = { each: 'week' | 'month'; every: number; days: Day[]; nth: Nth }

const RULE = /^FREQ=(WEEKLY|MONTHLY)(?:;INTERVAL=(\d+))?;BYDAY=(-?\d)?([A-Z,]+)$/

/** Null for a rule of another kind. */
export function ruleOf(rrule: string): Rule | null {
  const [, freq, every, nth, days] = RULE.exec(rrule) ?? []
  if (!freq || !days) return null
  return {
    each: freq === 'WEEKLY' ? 'week' : 'month',
    every: Number(every ?? 1),
    days: DAYS.filter((day) => days.split(',').includes(day)),
    nth: NTHS.find((one) => one === Number(nth)) ?? 1,
  }
}

/** Empty until a day is chosen. */
export function rruleOf({ each, every, days, nth }: Rule): string {
  const inOrder = DAYS.filter((day) => days.includes(day))
  const [first] = inOrder
  if (!first) return ''
  const interval = every > 1 ? `;INTERVAL=${every}` : ''
  return each === 'week'
    ? `FREQ=WEEKLY${interval};BYDAY=${inOrder.join(',')}`
    : `FREQ=MONTHLY${interval};BYDAY=${nth}${first}`
}
