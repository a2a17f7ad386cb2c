/** What the hospital system knows, put into the fields nobody has typed in; each with its source and time. */
import type { Schemas } from '../../api/client'
import { signOf } from '../../kit/vitals'
import type { Change, Content, Request } from './change'

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

export type Sourced = (typeof TEXTS)[number] | (typeof MEASURES)[number]

const blank = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : String(value ?? '').trim() === ''

/** `kept` names the fields that were typed by hand and so were left as they are. */
export function filledFrom(found: Admitted, row: Request): { change: Change; kept: Sourced[] } {
  const now = row.content
  const filled = { ...now.filled }
  const content: Partial<Content> = {}
  const kept: Sourced[] = []
  /** Empty, or still what a source said. */
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
  for (const field of ['attending', 'attending_phone'] as const) {
    if (!found[field] || !free(field)) continue
    content[field] = found[field]
    filled[field] = place
  }
  return { change: { patient_id: found.patient.id, content: { ...content, filled } }, kept }
}

/** What a hand writes is no longer what the source said. */
export function typed<K extends keyof Content>(row: Request, field: K, value: Content[K]): Change {
  const { [field]: _, ...filled } = row.content.filled ?? {}
  return { content: { [field]: value, ...(row.content.filled?.[field] ? { filled } : {}) } }
}
