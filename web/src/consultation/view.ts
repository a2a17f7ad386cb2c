/** Converts the server's consultation for the screen. */
import type { TFunction } from 'i18next'
import type { Schemas } from '../api/client'
import { type PatientIdentity, type PatientNumber, STEPS, type Step } from '../kit/types'
import type { RequestRead } from './request'

export type Consultation = Schemas['ConsultationOut']
type Content = Consultation['content']
type Patient = NonNullable<Consultation['patient']>

/** Whether somebody cannot come at the booked time. */
export const unsettled = ({ participants }: Consultation): boolean =>
  participants.some(({ answer }) => answer === 'proposed' || answer === 'declined')

/** Whether both media seats of the room are taken by the lead and the accompanying physician (decision 4). */
export const seatsTaken = ({ mode, lead, accompanying }: Consultation): boolean =>
  mode === 'live' && lead !== null && accompanying !== null

const NUMBER_ORDER: readonly PatientNumber['kind'][] = ['admission', 'outpatient', 'mrn']

/** The number by which a ward knows the patient: first that of the admission, then permanent ones. */
export function numberOf(patient: Patient): PatientNumber | null {
  const own = (patient.identifiers ?? []).filter(
    ({ issuer_hospital }) => issuer_hospital === patient.hospital_id,
  )
  const kind = NUMBER_ORDER.find((wanted) => own.some((one) => one.kind === wanted))
  return own.find((one) => one.kind === kind) ?? null
}

/** The patient for the banner; the bed is the request's, or else the record's. `department_en` is that of the
 *  request's department. */
export function identityOf(
  patient: Patient,
  content: Content,
  hospital: (id: string) => string,
  department_en = '',
): PatientIdentity {
  const department = content.department || patient.department
  return {
    ...patient,
    number: numberOf(patient),
    place: {
      hospital: hospital(patient.hospital_id),
      department,
      department_en: department === patient.department ? patient.department_en : department_en,
      bed: content.bed || patient.bed,
    },
  }
}

export const requestOf = (content: Content): RequestRead => ({
  ...content,
  vitals: content.vitals ?? [],
  tests: content.tests ?? [],
})

/** The ten steps for `StateLine`, in the server's order. */
export function stepsOf(c: Consultation, holder: (step: Schemas['StepOut']) => string): Step[] {
  return c.steps.flatMap((step, i): Step[] => {
    const name = STEPS[i]
    if (!name) return []
    const due = step.planned_at ?? (step.reached_at ? null : step.due_at)
    return [
      {
        name,
        state: step.current ? 'current' : step.reached_at ? 'passed' : 'ahead',
        reached_at: step.current ? (step.reached_at ?? c.state_since) : step.reached_at,
        took_ms: step.seconds === null ? null : step.seconds * 1000,
        holder: holder(step),
        due: due ? { kind: 'at', at: due } : null,
      },
    ]
  })
}

/** The translation of a server's word; the word itself if this release does not know it. */
export function wordOr(t: TFunction, exists: (key: string) => boolean, key: string, word: string) {
  const translate = t as unknown as (key: string) => string
  return exists(key) ? translate(key) : word
}

/** Words that stand alone, as the name of a paper does: with a capital letter where the language has them. */
export const asTitle = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** A stat consultation is met at once, without a booked time and the readiness gate; unless it was rebooked. */
export const atOnce = ({
  urgency,
  starts_at,
}: Pick<Consultation, 'urgency' | 'starts_at'>): boolean => urgency === 'stat' && starts_at === null

const RINGS: ReadonlySet<Consultation['state']> = new Set(['approved', 'accepted', 'interrupted'])

/** A stat consultation rings at the hub until somebody takes it, and may ring at its lead until they are there. */
export const rings = ({ urgency, state }: Pick<Consultation, 'urgency' | 'state'>): boolean =>
  urgency === 'stat' && RINGS.has(state)
