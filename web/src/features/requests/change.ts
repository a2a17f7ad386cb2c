/** What was typed and is not on the server yet: laid over what is there, and rebased when that moves. */
import type { Schemas } from '../../api/client'

export type Request = Schemas['RequestOut']
export type Content = Schemas['RequestContent']
export type Measure = Schemas['Measure']
export type Wish = Schemas['Wish']
export type NamedStudy = Schemas['NamedStudy']
export type Patient = Schemas['PatientOut']
type Head = Omit<Schemas['RequestChange'], 'content'>

/** Only what is given changes; inside `content` each field is replaced as a whole. */
export type Change = Partial<Head> & { content?: Partial<Content> }
/** A field that somebody else changed while it was being typed here: what they wrote. `waiting` is what was
 *  typed here before and could not be sent: theirs stands in the form until it is decided. */
export type Clash = {
  field: string
  theirs: unknown
  waiting?: { mine: unknown; before: unknown }
}
/** A patient and what comes with them, put in as one. `left` are the fields that go on holding text that was
 *  written while another patient was named. */
export type Naming = { patient: Patient; change: Change; left: readonly string[] }

export const isEmpty = (change: Change): boolean => Object.keys(change).length === 0

export function joined(first: Change, then: Change): Change {
  const content = { ...first.content, ...then.content }
  return { ...first, ...then, ...(Object.keys(content).length > 0 ? { content } : {}) }
}

/** The request as this page shows it. `patient` follows from its id, which only the server can do. */
export function seen(row: Request, change: Change): Request {
  const { content, patient_id: _, urgency, mode, patient_present, ...rest } = change
  return {
    ...row,
    ...rest,
    urgency: urgency ?? row.urgency,
    mode: mode ?? row.mode,
    patient_present: patient_present ?? row.patient_present,
    content: { ...row.content, ...content },
  }
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What of `pending` was sent and has not been typed over since. */
export function settled(pending: Change, sent: Change): Change {
  const left: Change = {}
  for (const [key, value] of Object.entries(pending)) {
    if (key === 'content') continue
    if (!(key in sent) || !same(value, sent[key as keyof Change]))
      Object.assign(left, { [key]: value })
  }
  const content: Partial<Content> = {}
  for (const [key, value] of Object.entries(pending.content ?? {})) {
    const before = sent.content?.[key as keyof Content]
    if (!(sent.content && key in sent.content) || !same(value, before))
      Object.assign(content, { [key]: value })
  }
  if (Object.keys(content).length > 0) left.content = content
  return left
}

/** The fields of `pending` that changed on the server meanwhile, to something else than was typed. */
export function clashes(before: Request, after: Request, pending: Change): Clash[] {
  const found: Clash[] = []
  for (const [key, mine] of Object.entries(pending.content ?? {})) {
    const field = key as keyof Content
    // Where values came from is no text of anybody's.
    if (field === 'filled') continue
    const theirs = after.content[field]
    if (!same(before.content[field], theirs) && !same(mine, theirs)) found.push({ field, theirs })
  }
  return found
}
