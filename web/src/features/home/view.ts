/** The server's home page in the shapes of the kit. */
import type { Schemas } from '../../api/client'
import type { PatientBrief, Place, Urgency } from '../../kit/types'

export type Work = Schemas['WorkOut']
export type WorkKind = Work['kind']
/** How much of each kind waits. */
export type Waiting = Schemas['WorkList']['waiting']
type Row = Schemas['RowOut']

export const patientOf = (row: Row): PatientBrief | null =>
  row.patient_id
    ? {
        name: row.patient_name,
        pinyin: row.patient_pinyin,
        sex: row.patient_sex ?? 'unknown',
        age: row.patient_age,
      }
    : null

/** Where the request says the patient lies; a patient without one lies where the record says. */
export const placeOf = (row: Row, hospital: (id: string) => string): Place => ({
  hospital: hospital(row.branch_id),
  department: row.department,
  department_en: row.department_en,
  bed: row.bed,
})

export function workPatient({ consultation, patient }: Work): PatientBrief | null {
  return (consultation && patientOf(consultation)) ?? patient
}

export function workPlace(item: Work, hospital: (id: string) => string): Place | null {
  if (item.consultation) return placeOf(item.consultation, hospital)
  if (!item.patient) return null
  return { ...item.patient, hospital: hospital(item.patient.hospital_id) }
}

const URGENCIES: readonly string[] = ['stat', 'urgent', 'routine']
export const urgencyOf = ({ urgency }: { urgency: string }): Urgency | null =>
  URGENCIES.includes(urgency) ? (urgency as Urgency) : null

/** The consultation it belongs to, if it belongs to one. */
export const consultationIdOf = ({ activity, activity_id }: Work): string | null =>
  activity === 'consultation' ? activity_id : null

/** What it is about in a line: the work's own words where it has some, else the consultation's. */
export function textOf({ note, title }: Work): string {
  for (const key of ['text', 'title', 'description', 'asked', 'reason', 'given_back']) {
    const words = note[key]
    if (typeof words === 'string' && words) return words
  }
  return title
}
