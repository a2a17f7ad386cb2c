/** Merges what was typed with what the server has, field by field (a three-way merge). Pure functions. */
import { type Fields, same } from '../unsent/text'

/** A field as it was typed here. */
export type Typed = {
  /** The server's value that was typed over. */
  readonly before: unknown
  readonly mine: unknown
  /** The source, if nobody typed it: the hospital system, with a time. */
  readonly source?: unknown
  /** Values in saves without an answer; if the server has one of them, it is mine. */
  readonly sent?: readonly unknown[]
  /** It came with a lead and goes with it; `as` is the value with which it came, if known. */
  readonly came?: { readonly with: string; readonly as?: unknown }
}
export type TypedFields = Readonly<Record<string, Typed>>

/** A field that was changed both here and on the server; it is not sent. The form shows what was typed here, or if it
 *  was typed on an earlier page (`late`), theirs. */
export type Clash = {
  readonly field: string
  readonly mine: unknown
  readonly theirs: unknown
  readonly late: boolean
}

/** `typed`: will be saved. `waiting`: the form has changed too much since, so a person must decide. */
export type Merged = { readonly typed: TypedFields; readonly waiting: TypedFields }

/** What a merge needs of the server's document. */
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

/** What may be sent now. While a lead clashes, nothing else may. */
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

/** Whether the server has the same value. */
const arrived = (field: string, { mine, source }: Typed, server: Read): boolean =>
  same(server.fields[field], mine) && (source === undefined || same(server.sources[field], source))

/** A field typed over the server's `now`, after an earlier typing, if there was one. */
export function typedOver(
  now: Typed | undefined,
  then: Omit<Typed, 'before'>,
  theirs: unknown,
): Typed {
  const { before = theirs, sent, came } = now ?? {}
  const kept = then.came ?? came
  return { ...then, before, ...(sent && { sent }), ...(kept && { came: kept }) }
}

/** The fields that the server does not have yet, or of which another value may still be on its way. */
export const unsettled = (typed: TypedFields, server: Read): TypedFields =>
  filtered(typed, (field, each) => each.sent !== undefined || !arrived(field, each, server))

/** What this page has sent: in the save in progress, and in the one that was just answered. */
type Sent = { readonly underWay: TypedFields; readonly answered: TypedFields }

/** Rebases what is typed on the server's new document `after`. */
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
  // What was typed is about the earlier patient: a person must decide whether it applies to the new one.
  const isLead = (field: string) => leads.includes(field)
  const aside = filtered(known, (field) => !isLead(field))
  return { typed: filtered(known, isLead), waiting: { ...open, ...aside } }
}

/** Whether somebody else changed the lead on the server; naming the first one does not count. */
function isAnother(was: unknown, is: unknown, mine: readonly (Typed | undefined)[]): boolean {
  if (was === null || same(was, is)) return false
  return !mine.some((each) => each && (same(is, each.mine) || isMine(is, each.sent)))
}

/** A save was answered: the server has what it sent, but not what was typed since. */
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

/** A lead was refused: removes it and what came with it; what was typed over that since waits. */
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

/** A person has decided about a clash. What came with a lead follows it. */
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

/** Drops what came with an unwanted lead and was not changed since. */
function forgotten({ typed, waiting }: Merged, lead: string): Merged {
  const open = filtered(waiting, (_, { mine, came }) => {
    return !(came?.with === lead && 'as' in came && same(mine, came.as))
  })
  return { typed, waiting: open }
}
