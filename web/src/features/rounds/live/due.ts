/** By when an instruction is to be done: the choices at a moment, and which one is proposed. Pure. */
import { siteDay, siteHour } from '../../../zone'
import type { InstructionKind } from './queries'

export type Choice = { key: string; on: 'now' | 'today' | 'tomorrow'; at: number }

const MINUTE = 60_000
export const AT_ONCE_MINUTES = 30
const DAY = 24 * 60 * MINUTE
/** As the server has it: later is a slip of the year. */
const FARTHEST = 366 * DAY
/** What is asked now is not done sooner. */
const SOONEST = 2 * 60 * MINUTE
const TODAY = [12, 16, 20]
const TOMORROW = [8, 12, 16]

export function choicesAt(now: number): Choice[] {
  const [day, next] = [siteDay(now), siteDay(now + DAY)]
  const today = TODAY.map((hour): Choice => {
    return { key: `today-${hour}`, on: 'today', at: siteHour(day, hour) }
  })
  return [
    { key: 'now', on: 'now', at: now + AT_ONCE_MINUTES * MINUTE },
    ...today.filter(({ at }) => at > now + AT_ONCE_MINUTES * MINUTE),
    ...TOMORROW.map((hour): Choice => {
      return { key: `tomorrow-${hour}`, on: 'tomorrow', at: siteHour(next, hour) }
    }),
  ]
}

/** What no instruction is due by. */
export const senseless = (at: number, now: number): 'passed' | 'too_far' | null =>
  at <= now ? 'passed' : at > now + FARTHEST ? 'too_far' : null

/** A medicine at once; the rest at the next usual hour that leaves time for it. */
export const proposed = (kind: InstructionKind, choices: readonly Choice[], now: number): string =>
  (kind === 'medicine' ? null : choices.find(({ at }) => at >= now + SOONEST)?.key) ?? 'now'
