/** Compares header and record field by field: the server's result, or a preview for a patient just chosen. */
import type { Schemas } from '../../api/client'
import { numberOf } from '../../consultation/view'
import type { Study } from './checkQueries'

export const FIELDS = ['name', 'number', 'sex', 'birth_date'] as const
export type FieldName = (typeof FIELDS)[number]
export type Row = { field: FieldName; header: string; record: string; agrees: boolean }

type Patient = Schemas['PatientOut']
type Evidence = Partial<Record<FieldName, { header: string; record: string; agrees: boolean }>>

const SEX = { M: 'male', F: 'female' } as const

/** `PatientName` with its groups: "Chen^Yuanshan=陈^远山" to the characters and the letters. */
export const plainName = (name: string): string =>
  name
    .split('=')
    .map((group) => group.replaceAll('^', ' ').trim())
    .filter((group) => group !== '')
    .reverse()
    .join(' / ')

const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')

/** A simple comparison without the server's table of readings; the server's result counts. */
export function sameName(header: string, patient: Pick<Patient, 'name' | 'pinyin'>): boolean {
  return header.split('=').some((group) => {
    const plain = group.replace(/[\s^]/g, '')
    if (plain === patient.name.replace(/\s/g, '')) return true
    const parts = group
      .split('^')
      .map(letters)
      .filter((part) => part !== '')
    const spelled = letters(patient.pinyin)
    return spelled !== '' && [parts.join(''), [...parts].reverse().join('')].includes(spelled)
  })
}

export function rowsOf(study: Study, patient: Patient | null): Row[] {
  const header = {
    name: plainName(study.header_name),
    number: study.header_number,
    sex: study.header_sex,
    birth_date: study.header_birth_date ?? '',
  }
  // For the patient whom the server compared, use its result.
  const judged = patient && patient.id === study.patient?.id ? (study.evidence as Evidence) : {}
  return FIELDS.map((field) => {
    const record = patient ? recordOf(patient, field) : ''
    const agrees = judged[field]?.agrees ?? (patient !== null && agree(study, patient, field))
    return { field, header: header[field], record, agrees }
  })
}

function recordOf(patient: Patient, field: FieldName): string {
  if (field === 'name') return patient.name
  if (field === 'sex') return patient.sex
  if (field === 'birth_date') return patient.birth_date ?? ''
  return numberOf(patient)?.value ?? ''
}

function agree(study: Study, patient: Patient, field: FieldName): boolean {
  if (field === 'name') return sameName(study.header_name, patient)
  if (field === 'sex') return SEX[study.header_sex as 'M' | 'F'] === patient.sex
  if (field === 'birth_date') {
    return study.header_birth_date !== null && study.header_birth_date === patient.birth_date
  }
  return (patient.identifiers ?? []).some(({ value }) => value === study.header_number)
}
