/** The server's consultation in the shapes and words of the screen. */
import type { TFunction } from 'i18next'
import type { Schemas } from '../api/client'
import { type PatientIdentity, type PatientNumber, STEPS, type Step } from '../kit/types'
import type { RequestRead } from './request'

export type Consultation = Schemas['ConsultationOut']
type Content = Consultation['content']
type Patient = NonNullable<Consultation['patient']>

const NUMBER_ORDER: readonly PatientNumber['kind'][] = ['admission', 'outpatient', 'mrn']

/** The number a ward calls the patient by: of this admission, before those that last longer. */
export function numberOf(patient: Patient): PatientNumber | null {
  const own = (patient.identifiers ?? []).filter(
    ({ issuer_hospital }) => issuer_hospital === patient.hospital_id,
  )
  const kind = NUMBER_ORDER.find((wanted) => own.some((one) => one.kind === wanted))
  return own.find((one) => one.kind === kind) ?? null
}

/** The request says where the patient lies now; the patient's own record is second. `department_en` is of
 *  the department of the request. */
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

/** The ten steps as the line draws them. The server sends them in order. */
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

/** A word the server may say that this release has no sentence for is shown as it is. */
export function wordOr(t: TFunction, exists: (key: string) => boolean, key: string, word: string) {
  const translate = t as unknown as (key: string) => string
  return exists(key) ? translate(key) : word
}
