/** What was typed here laid over what the server has, field by field (a three-way merge). Pure. */
import { type Fields, same } from '../unsent/text'

/** One field as it was typed here. */
export type Typed = {
  /** What the server had when it was typed over. */
  readonly before: unknown
  readonly mine: unknown
  /** Where it came from, when nobody typed it: the hospital system, with a time. */
  readonly source?: unknown
  /** The values of saves whose answer is not known: on the server they are mine, not somebody else's. */
  readonly sent?: readonly unknown[]
  /** It came with another field, a lead, and goes with it; `as` what, nothing where that is not known. */
  readonly came?: { readonly with: string; readonly as?: unknown }
}
export type TypedFields = Readonly<Record<string, Typed>>

/** A field that was changed both here and on the server. The form goes on showing what is typed in it, and nothing
 *  of the field is sent. `late`: what was typed came from a page that had gone, so the form shows theirs. */
export type Clash = {
  readonly field: string
  readonly mine: unknown
  readonly theirs: unknown
  readonly late: boolean
}

/** What is typed, and what waits: typed for a form that has changed too much since to take it unasked. */
export type Merged = { readonly typed: TypedFields; readonly waiting: TypedFields }

/** What a merge must know of the server's document. */
export type Read = { readonly fields: Fields; readonly sources: Fields }

export const isEmpty = (fields: TypedFields): boolean => Object.keys(fields).length === 0

export function filtered(
  fields: TypedFields,
  keep: (field: string, each: Typed) => boolean,
): TypedFields {
  return Object.fromEntries(Object.entries(fields).filter(([field, each]) => keep(field, each)))
}

export function mapped(
  fields: TypedFields,
  to: (each: Typed, field: string) => Typed,
): TypedFields {
  return Object.fromEntries(Object.entries(fields).map(([field, each]) => [field, to(each, field)]))
}

export const without = (fields: TypedFields, field: string): TypedFields =>
  filtered(fields, (each) => each !== field)

const isMine = (value: unknown, sent: Typed['sent'] = []): boolean =>
  sent.some((each) => same(each, value))

const isClash = (field: string, { before, mine, sent }: Typed, server: Fields): boolean => {
  const theirs = server[field]
  return !same(theirs, before) && !same(theirs, mine) && !isMine(theirs, sent)
}

export function clashesOf({ typed, waiting }: Merged, server: Fields): readonly Clash[] {
  const found: Clash[] = []
  for (const [field, each] of Object.entries(waiting))
    found.push({ field, mine: each.mine, theirs: server[field], late: true })
  for (const [field, each] of Object.entries(typed))
    if (isClash(field, each, server))
      found.push({ field, mine: each.mine, theirs: server[field], late: false })
  return found
}

/** What may go to the server now. While the lead itself is in question, nothing that stands beside it may. */
export function sendable(
  typed: TypedFields,
  server: Fields,
  leads: readonly string[],
): TypedFields {
  const clashing = (field: string) => {
    const each = typed[field]
    return each !== undefined && isClash(field, each, server)
  }
  if (leads.some(clashing)) return {}
  return filtered(typed, (field) => !clashing(field))
}

/** Whether the server has it as it stands here. */
const arrived = (field: string, { mine, source }: Typed, server: Read): boolean =>
  same(server.fields[field], mine) && (source === undefined || same(server.sources[field], source))

/** Typed over `now`, the field as it was typed before, if it was. */
export function typedOver(
  now: Typed | undefined,
  then: Omit<Typed, 'before'>,
  theirs: unknown,
): Typed {
  const { before = theirs, sent, came } = now ?? {}
  const kept = then.came ?? came
  return { ...then, before, ...(sent && { sent }), ...(kept && { came: kept }) }
}

/** What the server has already is typed no more, unless another value of it may still be on the way. */
export const unsettled = (typed: TypedFields, server: Read): TypedFields =>
  filtered(typed, (field, each) => each.sent !== undefined || !arrived(field, each, server))

/** What this page has sent: in a save that has not been answered, and in the one that was just now. */
type Sent = { readonly underWay: TypedFields; readonly answered: TypedFields }

/** The server has `after` now. */
export function rebased(
  { typed, waiting }: Merged,
  before: Read,
  after: Read,
  leads: readonly string[],
  { underWay, answered }: Sent,
): Merged {
  const elsewhere = leads.some((lead) => {
    const mine = [typed[lead], answered[lead]]
    return isAnother(before.fields[lead] ?? null, after.fields[lead] ?? null, mine)
  })
  const still = filtered(typed, (field, each) => field in underWay || !arrived(field, each, after))
  const known = mapped(still, (each, field) => {
    const { sent, ...rest } = each
    if (!isMine(after.fields[field], sent)) return each
    return { ...rest, before: after.fields[field], ...(sent && field in underWay && { sent }) }
  })
  const open = filtered(waiting, (field, { mine }) => !same(after.fields[field], mine))
  if (!elsewhere) return { typed: known, waiting: open }
  // What was typed is about the one who was named before: it is not put under another's name unasked.
  const isLead = (field: string) => leads.includes(field)
  const aside = filtered(known, (field) => !isLead(field))
  return { typed: filtered(known, isLead), waiting: { ...open, ...aside } }
}

/** Somebody else named another one on the server; the first to be named is none. */
function isAnother(was: unknown, is: unknown, mine: readonly (Typed | undefined)[]): boolean {
  if (was === null || same(was, is)) return false
  return !mine.some((each) => each && (same(is, each.mine) || isMine(is, each.sent)))
}

/** A save was answered: what it took along is on the server, what was typed over it since is not. */
export function acknowledged(
  typed: TypedFields,
  sent: TypedFields,
  server: Fields,
  leads: readonly string[],
): TypedFields {
  const left = filtered(typed, (field, { mine, source }) => {
    const gone = sent[field]
    return !(gone && same(gone.mine, mine) && same(gone.source, source))
  })
  return mapped(left, (each, field) => {
    const { came, sent: _, ...rest } = each
    const over = field in sent ? { ...rest, before: server[field] } : rest
    const settled = came && leads.includes(came.with) && !(came.with in left)
    return came && !settled ? { ...over, came } : over
  })
}

/** A lead was refused: it goes with all that came with it; what was written over that since waits. */
export function takenBack({ typed, waiting }: Merged, lead: string): Merged {
  const kept: Record<string, Typed> = {}
  const aside: Record<string, Typed> = {}
  for (const [field, each] of Object.entries(without(typed, lead))) {
    const { came, ...rest } = each
    if (came?.with !== lead) kept[field] = each
    else if (!('as' in came) || !same(each.mine, came.as)) aside[field] = rest
  }
  return { typed: kept, waiting: { ...waiting, ...aside } }
}

/** A person has chosen. What came with a lead follows it. */
export function decided(
  { typed, waiting }: Merged,
  { field, late }: Pick<Clash, 'field' | 'late'>,
  take: 'mine' | 'theirs',
  server: Fields,
  leads: readonly string[],
): Merged {
  const each = (late ? waiting : typed)[field]
  if (!each) return { typed, waiting }
  const chosen = { ...each, before: server[field] }
  const open = late ? without(waiting, field) : waiting
  if (take === 'theirs') {
    const left = { typed: late ? typed : without(typed, field), waiting: open }
    return leads.includes(field) && !late ? forgotten(left, field) : left
  }
  const next = { ...typed, [field]: chosen }
  if (!leads.includes(field)) return { typed: next, waiting: open }
  const follow = filtered(open, (_, { came }) => came?.with === field)
  const rest = filtered(open, (name) => !(name in follow))
  const back = mapped(follow, (one, name) => ({ ...one, before: server[name] }))
  return { typed: { ...back, ...next }, waiting: rest }
}

/** What came with a lead that is not wanted, and was not written over, is not offered. */
function forgotten({ typed, waiting }: Merged, lead: string): Merged {
  const open = filtered(waiting, (_, { mine, came }) => {
    return !(came?.with === lead && 'as' in came && same(mine, came.as))
  })
  return { typed, waiting: open }
}
