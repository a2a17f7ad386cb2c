/** The request as a form: its fields, its changes for the server, and the form with what was typed. */
import type { Schemas } from '../../api/client'
import type { Kind } from '../../kit/draft/core'
import type { TypedFields } from '../../kit/draft/merge'
import { type Fields, same } from '../../kit/unsent/text'

export type Request = Schemas['RequestOut']
export type Content = Schemas['RequestContent']
export type Measure = Schemas['Measure']
export type Wish = Schemas['Wish']
export type NamedStudy = Schemas['NamedStudy']
export type Patient = Schemas['PatientOut']
type Head = Omit<Schemas['RequestChange'], 'content'>

/** Only given fields change; inside `content` each is replaced as a whole. `filled` has the sources of the values. */
export type Change = Partial<Head> & { content?: Partial<Content> }
/** A patient with the changes that come along. `left`: fields with text that was written for an earlier patient. */
export type Naming = { patient: Patient; change: Change; left: readonly string[] }

const HEADS = ['urgency', 'mode', 'patient_present', 'accompanying_id', 'patient_id'] as const
const isHead = (field: string): boolean => (HEADS as readonly string[]).includes(field)

/** The editable fields. The sources of values are not among them, because they belong to the values. */
export function fieldsOf(row: Request): Fields {
  const { filled: _, ...content } = row.content
  const { urgency, mode, patient_present, accompanying_id, patient } = row
  const heads = { urgency, mode, patient_present, accompanying_id, patient_id: patient?.id ?? null }
  return { ...content, ...heads }
}

export function fieldsIn({ content = {}, ...heads }: Change): Fields {
  const { filled: _, ...fields } = content
  return { ...fields, ...heads }
}

/** What was typed, as a change for the server; a typed value loses its source. */
export function changeOf(row: Request, typed: TypedFields): Change {
  const heads: Record<string, unknown> = {}
  const content: Record<string, unknown> = {}
  const known = row.content.filled ?? {}
  const filled: Record<string, unknown> = { ...known }
  for (const [field, { mine, source }] of Object.entries(typed)) {
    if (isHead(field)) {
      heads[field] = mine
      continue
    }
    content[field] = mine
    if (source) filled[field] = source
    else delete filled[field]
  }
  if (!same(filled, known)) content.filled = filled
  return Object.keys(content).length > 0 ? { ...heads, content } : heads
}

/** The request as this page shows it. `patientOf` finds patients named on this page, so that no data of an earlier
 *  patient appear under another's name. */
export function over(
  row: Request,
  typed: TypedFields,
  patientOf: (id: unknown) => Patient | null,
): Request {
  const { content, patient_id, ...heads } = changeOf(row, typed)
  const shown = { ...row, ...heads, content: { ...row.content, ...content } } as Request
  if (!('patient_id' in typed) || patient_id === (row.patient?.id ?? null)) return shown
  return { ...shown, patient: patientOf(patient_id), studies: [], earlier: [] }
}

type Save = Kind<Request>['save']

export const requestKind = (
  save: Save,
  patientOf: (id: unknown) => Patient | null,
  reread: () => void = () => undefined,
): Kind<Request> => ({
  version: ({ version }) => version,
  savedAt: ({ updated_at }) => updated_at,
  writable: ({ writable }) => writable,
  fields: fieldsOf,
  sources: ({ content }) => content.filled ?? {},
  leads: ['patient_id'],
  over: (row, typed) => over(row, typed, patientOf),
  save,
  reread,
})
