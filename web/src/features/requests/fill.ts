/** Fills fields that nobody has typed in with the hospital system's data, with source and time. */
import type { Schemas } from '../../api/client'
import { signOf } from '../../kit/vitals'
import type { Content, Naming, Patient, Request } from './form'

export type Admitted = Schemas['AdmittedOut']

export const TEXTS = [
  'diagnosis',
  'history',
  'past_history',
  'examination',
  'treatment',
  'medicines',
] as const
export const MEASURES = ['vitals', 'tests'] as const
const PLACES = ['department', 'ward', 'bed'] as const
const ATTENDING = ['attending', 'attending_phone'] as const
/** The fields that may hold typed text about the patient, in the order of the form. */
const BY_HAND = [...PLACES, ...ATTENDING, 'purpose', ...TEXTS, ...MEASURES, 'studies'] as const

export type Sourced = (typeof TEXTS)[number] | (typeof MEASURES)[number]

const blank = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : String(value ?? '').trim() === ''

/** Those of `fields` that hold typed text. */
export const byHand = (content: Content, fields: readonly string[] = BY_HAND): string[] =>
  fields.filter((field) => !content.filled?.[field] && !blank(content[field as keyof Content]))

/** Names a patient; prefilled values and studies of the earlier one are removed. */
export function named(patient: Patient, row: Request): Naming {
  const change = { patient_id: patient.id }
  if (!row.patient || row.patient.id === patient.id) return { patient, change, left: [] }
  const { filled = {}, studies = [] } = row.content
  const content: Partial<Content> = { filled: {} }
  for (const field of [...TEXTS, ...PLACES, ...ATTENDING]) if (filled[field]) content[field] = ''
  for (const field of MEASURES) {
    if (!filled[field]) continue
    content[field] = []
    content[`${field}_at`] = null
  }
  const theirs = new Set(row.studies.map(({ study_uid }) => study_uid))
  if (studies.some(({ uid }) => uid && theirs.has(uid)))
    content.studies = studies.filter(({ uid }) => !uid || !theirs.has(uid))
  const left = byHand({ ...row.content, ...content, filled })
  return { patient, change: { ...change, content }, left }
}

/** Fills the form for a patient; `kept` are the fields that were not filled because they were typed by hand. */
export function filledFrom(found: Admitted, row: Request): Naming & { kept: Sourced[] } {
  const { patient, change, left } = named(found.patient, row)
  const now = { ...row.content, ...change.content }
  const filled = { ...now.filled }
  const content: Partial<Content> = { ...change.content }
  const kept: Sourced[] = []
  /** Whether a field may be filled: it is empty, or was filled by a source. */
  const free = (field: keyof Content) => blank(now[field]) || Boolean(filled[field])
  for (const field of TEXTS) {
    const said = found.record[field]
    if (!said?.text) continue
    if (!free(field)) {
      kept.push(field)
      continue
    }
    content[field] = said.text
    filled[field] = { source: said.source, at: said.at }
  }
  for (const field of MEASURES) {
    const said = found.record[field]
    if (!said?.measures?.length) continue
    if (!free(field)) {
      kept.push(field)
      continue
    }
    content[field] = said.measures.map((measure) => ({
      ...measure,
      code: field === 'vitals' ? signOf(measure.name) : null,
    }))
    content[`${field}_at`] = said.at
    filled[field] = { source: said.source, at: said.at }
  }
  const place = { source: found.source, at: found.read_at }
  for (const field of PLACES) {
    if (!found.patient[field] || !free(field)) continue
    content[field] = found.patient[field]
    filled[field] = place
  }
  for (const field of ATTENDING) {
    if (!found[field] || !free(field)) continue
    content[field] = found[field]
    filled[field] = place
  }
  return { patient, change: { ...change, content: { ...content, filled } }, left, kept }
}
