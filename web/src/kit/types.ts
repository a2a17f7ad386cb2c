/** The words the kit speaks (domain.md): what a page hands it, whatever route the data came from. */
import type { Schemas } from '../api/client'

export type Urgency = Schemas['Urgency']
export type Sex = Schemas['Sex']
export type Age = { value: number; unit: 'year' | 'month' | 'day' }

/** As a list names a patient: born on a day, of an age in years, or of an estimated one. */
export type PatientBrief = {
  name: string
  /** The syllables of the name, family name first. */
  pinyin?: string | null
  sex: Sex
  birth_date?: string | null
  age?: number | null
  estimated_age?: number | null
}
export type PatientNumber = {
  kind: Schemas['IdentifierKind']
  value: string
}
export type Allergy = Schemas['Allergy']
export type Place = {
  hospital: string
  /** As the hospital system writes it. */
  department?: string | null
  /** Where that is a department known here. */
  department_en?: string | null
  bed?: string | null
}

/** As the banner names a patient (design.md, rule 11). */
export type PatientIdentity = PatientBrief & {
  number: PatientNumber | null
  place: Place
  allergy: Allergy
  allergy_text?: string
  critical?: boolean
  isolation?: boolean
}

export const STEPS = [
  'request',
  'approve',
  'accept',
  'book',
  'ready',
  'consult',
  'opinion',
  'acknowledge',
  'execute',
  'close',
] as const
export type StepName = (typeof STEPS)[number]
export type StepDue =
  | { kind: 'at'; at: string }
  | { kind: 'after_end' | 'after_signed' | 'after_reply'; minutes: number }
  | { kind: 'when_all_done' }
export type Step = {
  name: StepName
  state: 'passed' | 'current' | 'ahead'
  reached_at?: string | null
  took_ms?: number | null
  holder?: string | null
  due?: StepDue | null
}
