/** Which of the things a person may do now is the one next act, and in what order the rest stand. */
import type { Schemas } from '../api/client'

type State = Schemas['State']

/** The server's own steps, which nobody clicks, are not among them. */
export const ACTS = [
  'take',
  'endorse',
  'approve',
  'accept',
  'name_lead',
  'book',
  'submit',
  'sign',
  'acknowledge',
  'rebook',
  'to_written',
  'start',
  'end',
  'close',
  'return',
  'decline',
  'give_back',
  'unconfirm',
  'interrupt',
  'miss',
  'reopen',
  'discard',
  'cancel',
] as const satisfies readonly Schemas['Action'][]
export type Act = (typeof ACTS)[number]

/** What moves a consultation on; everything else is quiet, behind "more". */
const FORWARD: ReadonlySet<Act> = new Set([
  'take',
  'endorse',
  'approve',
  'accept',
  'name_lead',
  'book',
  'submit',
  'sign',
  'acknowledge',
  'rebook',
  'close',
])
/** What takes something away or says no. */
export const DANGER: ReadonlySet<Act> = new Set(['decline', 'cancel', 'discard', 'miss'])
/** How long before the planned start entering becomes the next act. */
export const EARLY_MS = 30 * 60_000

/** What is next for a person although its guard does not hold yet: it is done on a page of its own,
 *  which says what is still missing. */
export function pending(
  state: State,
  is: { lead: boolean; requester: boolean },
): Extract<Act, 'submit' | 'sign' | 'acknowledge'> | null {
  if (state === 'answering' && is.lead) return 'sign'
  if (state === 'signed' && is.requester) return 'acknowledge'
  if ((state === 'draft' || state === 'returned') && is.requester) return 'submit'
  return null
}

export type Next = { primary: Act | 'enter' | null; rest: (Act | 'enter')[] }

export type Given = {
  state: State
  starts_at: string | null
  allowed: readonly Schemas['Action'][]
  /** Whether the room is open to this person, who may have to knock. */
  mayJoin: boolean
  /** Whether this person is on the booking, or asked for the consultation. */
  takesPart: boolean
}

export function next(c: Given, now: number): Next {
  const acts = ACTS.filter((act) => c.allowed.includes(act))
  const soon =
    c.starts_at === null || Date.parse(c.starts_at) - now <= EARLY_MS || c.state === 'in_progress'
  const taking = acts.includes('take')
  if (c.mayJoin && c.takesPart && soon && !taking) return { primary: 'enter', rest: acts }
  const primary = acts.find((act) => FORWARD.has(act) && !isLater(act, c.state)) ?? null
  const rest: (Act | 'enter')[] = acts.filter((act) => act !== primary)
  if (!c.mayJoin) return { primary, rest }
  if (primary || !c.takesPart) return { primary, rest: ['enter', ...rest] }
  return { primary: 'enter', rest }
}

/** Booking again what is already booked is possible, but it is not what comes next. */
const isLater = (act: Act, state: State) =>
  act === 'book' && (state === 'scheduled' || state === 'ready' || state === 'scheduling')
