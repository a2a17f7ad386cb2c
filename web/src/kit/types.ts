/** The kit's own types (domain.md), for data of any route. */
import type { Schemas } from '../api/client'

export type Urgency = Schemas['Urgency']
export type Sex = Schemas['Sex']
export type Age = { value: number; unit: 'year' | 'month' | 'day' }

/** A patient in a list, with birth date, age in years, or estimated age. */
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
  /** As in the hospital system. */
  department?: string | null
  /** If it is one of our departments. */
  department_en?: string | null
  bed?: string | null
}

/** A patient in the banner (design.md, rule 11). */
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
