/** Chooses the next act among those that a person may do now, and orders the others. */
import type { Schemas } from '../api/client'

type State = Schemas['State']

/** The acts of people; the system's own actions are not among them. */
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
  'redirect',
  'give_back',
  'unconfirm',
  'interrupt',
  'replace_lead',
  'replace_accompanying',
  'miss',
  'reopen',
  'discard',
  'cancel',
] as const satisfies readonly Schemas['Action'][]
export type Act = (typeof ACTS)[number]

/** Acts that move a consultation forward; the others are behind "more". */
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
/** Acts that refuse or remove something. */
export const DANGER: ReadonlySet<Act> = new Set(['decline', 'cancel', 'discard', 'miss'])
/** From this long before the planned start, entering is the next act. */
export const EARLY_MS = 30 * 60_000

/** An act that is next although it is not possible yet: it has a page of its own, which says what is missing. */
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
  /** Taken just now and met at once: whoever does not take part lets them. */
  settling?: boolean
  /** Whether this person may enter the room, perhaps by knocking. */
  mayJoin: boolean
  /** Whether this person is on the booking or requested the consultation. */
  takesPart: boolean
}

export function next(c: Given, now: number): Next {
  const acts = ACTS.filter((act) => c.allowed.includes(act))
  const soon =
    c.starts_at === null || Date.parse(c.starts_at) - now <= EARLY_MS || c.state === 'in_progress'
  const taking = acts.includes('take')
  if (c.mayJoin && c.takesPart && soon && !taking) return { primary: 'enter', rest: acts }
  const primary = acts.find((act) => FORWARD.has(act) && !isLater(act, c)) ?? null
  const rest: (Act | 'enter')[] = acts.filter((act) => act !== primary)
  if (!c.mayJoin) return { primary, rest }
  if (primary || !c.takesPart) return { primary, rest: ['enter', ...rest] }
  return { primary: 'enter', rest }
}

/** Booking again is possible, but not the next act. */
const isLater = (act: Act, { state, settling = false }: Given) =>
  (settling && (act === 'book' || act === 'name_lead')) ||
  (act === 'book' && (state === 'scheduled' || state === 'ready' || state === 'scheduling'))
