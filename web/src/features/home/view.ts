/** The server's home page in the shapes of the kit. */
import type { Schemas } from '../../api/client'
import type { PatientBrief, Place } from '../../kit/types'

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

export const placeOf = (place: Schemas['PlaceBrief'], hospital: (id: string) => string): Place => ({
  ...place,
  hospital: hospital(place.hospital_id),
})

/** The consultation it belongs to, if it belongs to one. */
export const consultationIdOf = ({ activity, activity_id }: Work): string | null =>
  activity === 'consultation' ? activity_id : null

/** A line about the item: the work's own text, or else its activity's title. */
export function textOf({ note, title }: Work): string {
  for (const key of ['text', 'title', 'description', 'asked', 'reason', 'given_back']) {
    const words = note[key]
    if (typeof words === 'string' && words) return words
  }
  return title
}

/** An emergency has no time: how it stands instead. */
export function stands({ phase, lead_name }: Schemas['NextOut']) {
  if (phase === 'interrupted') return 'interrupted'
  return lead_name ? 'taken' : 'calling'
}
