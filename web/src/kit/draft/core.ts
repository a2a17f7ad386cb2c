/** The pure core of a draft: an event and a state give the next state, without timer, network or React. Events carry
 *  the time. The shell (draft.ts) sends what `saving` says, and calls again at `wakeAt`. */
import type { Problem } from '../../api/problem'
import { type Fields, same } from '../unsent/text'
import {
  acknowledged,
  type Clash,
  decided,
  isEmpty,
  type Merged,
  mapped,
  type Read,
  rebased,
  sendable,
  type Typed,
  type TypedFields,
  takenBack,
  typedOver,
  unsettled,
} from './merge'

/** Save this long after the typing stops, and while it goes on at least at this interval. */
export const QUIET_MS = 1_200
export const LONGEST_MS = 3_000
/** Save this long after a choice, because the page waits for the answer. */
export const SOON_MS = 400
/** Pauses between tries while the server cannot be reached. */
export const PAUSES_MS = [3_000, 6_000, 12_000, 24_000, 30_000] as const
/** The pauses while somebody waits for the save: after the last try they are told. */
export const WAITED_MS = [500, 1_000, 2_000, 4_000] as const
/** A save that takes longer is shown as slow. */
export const SLOW_MS = 5_000

const PASSING = new Set([0, 401, 408, 429])
export const isPassing = ({ status }: Problem): boolean => PASSING.has(status) || status >= 500
/** Whether a short wait may mend it: not a sign-in that has ended, nor a server's disk that is full. */
const isBrief = (why: Problem): boolean => isPassing(why) && ![401, 507].includes(why.status)

/** What the engine needs to know of a kind of document `D`. */
export type Kind<D> = {
  readonly version: (doc: D) => number
  /** When the server last saved it. */
  readonly savedAt: (doc: D) => string | null
  /** Whether it can still be written: neither submitted nor signed. */
  readonly writable: (doc: D) => boolean
  /** Its editable fields, by name. */
  readonly fields: (doc: D) => Fields
  /** The sources of values that nobody typed. */
  readonly sources?: (doc: D) => Fields
  /** Fields that say whom the others are about: the patient. */
  readonly leads?: readonly string[]
  /** The document with what was typed, as the page shows it. */
  readonly over: (doc: D, typed: TypedFields) => D
  /** Saves `typed`, laid over `doc`, as the version after `version`. `leaving`: the request must outlive the page. */
  readonly save: (doc: D, version: number, typed: TypedFields, leaving: boolean) => Promise<D>
  /** Fetches the document again, after a final refusal: perhaps it was submitted or signed elsewhere. */
  readonly reread?: () => void
}

export type Refused = { readonly field: string; readonly why: Problem }

export type State<D> = Merged & {
  /** The server's document, as far as this page knows. */
  readonly server: D
  /** The save in progress. */
  readonly saving: { readonly since: number; readonly typed: TypedFields } | null
  readonly slow: boolean
  /** When to save next; null if there is nothing to save or only a person can help. */
  readonly due: number | null
  /** When to save at the latest, even if the typing goes on. */
  readonly latest: number | null
  /** Failed tries in a row. */
  readonly failures: number
  /** Tries that failed since somebody waits for the save; null if nobody does. */
  readonly waited: number | null
  /** Why the last try failed. */
  readonly why: Problem | null
  /** A lead that the server refused, until the person has read it. */
  readonly refused: Refused | null
}

/** A value with its source and lead. */
export type Given = Pick<Typed, 'mine' | 'source' | 'came'>
export type Event<D> =
  | { type: 'typed'; given: Readonly<Record<string, Given>>; soon: boolean; at: number }
  | { type: 'restored'; before: Fields; left: Fields; changed: readonly string[]; at: number }
  | { type: 'decided'; clash: Pick<Clash, 'field' | 'late'>; take: 'mine' | 'theirs'; at: number }
  | { type: 'tick'; at: number }
  | { type: 'flushed'; waits: boolean; at: number }
  | { type: 'reachable'; at: number }
  | { type: 'answered'; doc: D; at: number }
  | { type: 'failed'; why: Problem; at: number }
  | { type: 'heard'; doc: D }
  | { type: 'acknowledged' }

export const begun = <D>(server: D): State<D> => ({
  server,
  typed: {},
  waiting: {},
  saving: null,
  slow: false,
  due: null,
  latest: null,
  failures: 0,
  waited: null,
  why: null,
  refused: null,
})

export const readOf = <D>(kind: Kind<D>, doc: D): Read => ({
  fields: kind.fields(doc),
  sources: kind.sources?.(doc) ?? {},
})
const leadsOf = <D>(kind: Kind<D>): readonly string[] => kind.leads ?? []

/** What the next save would send. */
export const toSend = <D>(kind: Kind<D>, { typed, server }: State<D>): TypedFields =>
  sendable(typed, kind.fields(server), leadsOf(kind))

/** When the shell must call again if no event comes before. */
export function wakeAt<D>({ saving, slow, due }: State<D>): number | null {
  if (saving) return slow ? null : saving.since + SLOW_MS
  return due
}

export function next<D>(kind: Kind<D>, state: State<D>, event: Event<D>): State<D> {
  const after = followed(kind, state, event)
  const rests = after.saving === null && after.due === null
  return rests && after.waited !== null ? { ...after, waited: null } : after
}

function followed<D>(kind: Kind<D>, state: State<D>, event: Event<D>): State<D> {
  switch (event.type) {
    case 'typed':
      return typedInto(kind, state, event)
    case 'restored':
      return restored(kind, state, event)
    case 'decided': {
      const { clash, take, at } = event
      const server = kind.fields(state.server)
      const merged = decided(state, clash, take, server, leadsOf(kind))
      return planned(kind, { ...state, ...merged }, at, SOON_MS)
    }
    case 'tick': {
      const { saving, due } = state
      if (saving) return event.at >= saving.since + SLOW_MS ? { ...state, slow: true } : state
      return due !== null && due <= event.at ? sending(kind, state, event.at) : state
    }
    case 'flushed': {
      const asked = event.waits
        ? { ...state, waited: state.waited ?? 0, why: null }
        : { ...state, waited: null }
      return state.saving ? asked : sending(kind, asked, event.at)
    }
    case 'reachable':
      return state.failures > 0 && state.due !== null ? { ...state, due: event.at } : state
    case 'answered':
      return answered(kind, state, event)
    case 'failed':
      return failed(kind, state, event)
    case 'heard':
      return heard(kind, state, event.doc)
    case 'acknowledged':
      return { ...state, refused: null }
  }
}

type Of<D, T> = Extract<Event<D>, { type: T }>

function typedInto<D>(
  kind: Kind<D>,
  state: State<D>,
  { given, soon, at }: Of<D, 'typed'>,
): State<D> {
  if (!kind.writable(state.server)) return state
  const server = readOf(kind, state.server)
  const typed: Record<string, Typed> = { ...state.typed }
  for (const [field, one] of Object.entries(given))
    typed[field] = typedOver(typed[field], one, server.fields[field])
  const next = { ...state, typed: unsettled(typed, server) }
  return planned(kind, next, at, soon ? SOON_MS : QUIET_MS)
}

/** Takes over the text of an earlier page. Fields that the server has changed since wait for a decision; so do all of
 *  them if the server now names another patient. */
function restored<D>(kind: Kind<D>, state: State<D>, event: Of<D, 'restored'>): State<D> {
  if (!kind.writable(state.server)) return state
  const { left, before, changed, at } = event
  const leads = leadsOf(kind)
  const lead = leads.find((each) => each in left && !changed.includes(each))
  const another = leads.some((each) => changed.includes(each))
  const typed: Record<string, Typed> = { ...state.typed }
  const waiting: Record<string, Typed> = { ...state.waiting }
  for (const [field, mine] of Object.entries(left)) {
    if (another && leads.includes(field)) continue
    const came = lead && lead !== field ? { came: { with: lead } } : {}
    const one = { before: before[field], mine, ...came }
    if (another || changed.includes(field)) waiting[field] = one
    else typed[field] = typedOver(typed[field], one, before[field])
  }
  return planned(kind, { ...state, typed, waiting }, at, SOON_MS)
}

/** Plans the next save; while the server cannot be reached, the old plan stays. */
function planned<D>(kind: Kind<D>, state: State<D>, at: number, within: number): State<D> {
  if (isEmpty(toSend(kind, state))) return { ...state, due: null, latest: null }
  if (state.failures > 0 && state.due !== null) return state
  const longest = Math.min(state.latest ?? Number.POSITIVE_INFINITY, at + LONGEST_MS)
  const latest = within === SOON_MS ? Math.min(longest, at + SOON_MS) : longest
  return { ...state, latest, due: Math.min(at + within, latest) }
}

function sending<D>(kind: Kind<D>, state: State<D>, at: number): State<D> {
  const typed = toSend(kind, state)
  const quiet = { ...state, due: null, latest: null }
  if (isEmpty(typed) || !kind.writable(state.server)) return quiet
  const marked = mapped(typed, ({ sent = [], ...each }) => ({
    ...each,
    sent: [...sent, each.mine],
  }))
  return {
    ...quiet,
    typed: { ...state.typed, ...marked },
    saving: { since: at, typed: marked },
    slow: false,
  }
}

/** Takes in the server's document. A finished one accepts no more changes. */
function heard<D>(kind: Kind<D>, state: State<D>, doc: D, answered: TypedFields = {}): State<D> {
  const [now, known] = [kind.version(doc), kind.version(state.server)]
  if (now < known || (now === known && state.saving)) return state
  const { why, due, ...rest } = state
  if (!kind.writable(doc)) return { ...begun(doc), saving: state.saving, refused: state.refused }
  if (now === known) return { ...rest, why, due, server: doc }
  const underWay = state.saving?.typed ?? {}
  const [before, after] = [readOf(kind, state.server), readOf(kind, doc)]
  const merged = rebased(state, before, after, leadsOf(kind), { underWay, answered })
  const moved = { ...rest, ...merged, server: doc, why, due }
  return isEmpty(toSend(kind, moved)) && !state.saving
    ? { ...moved, due: null, latest: null }
    : moved
}

function answered<D>(kind: Kind<D>, state: State<D>, { doc, at }: Of<D, 'answered'>): State<D> {
  const { saving, ...rest } = state
  const sent = saving?.typed ?? {}
  const typed = acknowledged(state.typed, sent, kind.fields(doc), leadsOf(kind))
  const waited = rest.waited === null ? null : 0
  const idle = { ...rest, typed, saving: null, slow: false, failures: 0, waited, why: null }
  const now = heard(kind, idle, doc, sent)
  if (isEmpty(toSend(kind, now))) return { ...now, due: null, latest: null }
  return { ...now, due: now.due ?? at }
}

function failed<D>(kind: Kind<D>, state: State<D>, { why, at }: Of<D, 'failed'>): State<D> {
  const gone = state.saving?.typed ?? {}
  const idle = { ...state, saving: null, slow: false }
  if (isPassing(why)) return later(idle, why, at)
  // Refused: the server has none of its values.
  const refused = { ...idle, typed: mapped(state.typed, ({ sent: _, ...each }) => each) }
  const current = why.status === 412 ? (why.extra.current as D | undefined) : undefined
  if (current) {
    // Somebody else has saved, or an answer was lost. Send what can be sent over their version at once.
    const moved = heard(kind, idle, current)
    if (kind.version(moved.server) <= kind.version(state.server)) return later(idle, why, at)
    const clear = {
      ...moved,
      typed: mapped(moved.typed, ({ sent: _, ...each }) => each),
      why: null,
    }
    return { ...clear, due: isEmpty(toSend(kind, clear)) ? null : at }
  }
  const lead = leadsOf(kind).find((each) => each in gone)
  if (!lead) return { ...refused, due: null, latest: null, why }
  // The refused lead must not hold up the rest. A lead that was chosen since gets an answer of its own.
  const since = refused.typed[lead]
  if (since && !same(since.mine, gone[lead]?.mine)) return { ...refused, due: at }
  const back = { ...refused, ...takenBack(refused, lead), why: null, refused: { field: lead, why } }
  return { ...back, due: isEmpty(toSend(kind, back)) ? null : at }
}

function later<D>(state: State<D>, why: Problem, at: number): State<D> {
  const { waited } = state
  const soon = waited !== null && isBrief(why) ? WAITED_MS[waited] : undefined
  if (waited !== null && soon !== undefined) {
    const failures = Math.max(1, state.failures)
    return { ...state, failures, waited: waited + 1, why: null, due: at + soon, latest: null }
  }
  const pause = PAUSES_MS[Math.min(state.failures, PAUSES_MS.length - 1)] ?? LONGEST_MS
  return {
    ...state,
    failures: state.failures + 1,
    waited: null,
    why,
    due: at + pause,
    latest: null,
  }
}
