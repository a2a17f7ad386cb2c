/** The request as a form: its fields, what changes in it as the server takes it, and as the page shows it. */
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

/** Only what is given changes; inside `content` each field is replaced as a whole. `filled` names the sources of
 *  the values that come with it. */
export type Change = Partial<Head> & { content?: Partial<Content> }
/** A patient and what comes with them, put in as one. `left` are the fields that go on holding text that was
 *  written while another patient was named. */
export type Naming = { patient: Patient; change: Change; left: readonly string[] }

const HEADS = ['urgency', 'mode', 'patient_present', 'accompanying_id', 'patient_id'] as const
const isHead = (field: string): boolean => (HEADS as readonly string[]).includes(field)

/** Where values came from is no text of anybody's: it goes with the value. */
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

/** What was typed as the server takes it; whatever a hand writes is no longer what a source said. */
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

/** The request as this page shows it. `patientOf` knows whom this page has named: nothing of the patient before
 *  stands under the name of another. */
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
