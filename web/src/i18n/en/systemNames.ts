import type { Filled } from '../shape'
import type { systemNames as zh } from '../zh-CN/systemNames'

export const systemNames = {
  title: 'Hospital system',
  part: {
    patient: 'patient',
    admission: 'stay and chart',
    allergy: 'allergy',
    vitals: 'vital signs',
    tests: 'tests',
    orders: 'orders',
  },
  fault: {
    not_allowed: 'its address may not be called',
    away: 'it cannot be reached',
    slow: 'it did not answer in time',
    refused: 'account or password refused, or no right to read',
    driver: 'the driver is not installed here',
    wrong: 'it answered otherwise than agreed',
    encoding: 'its text is in an unknown encoding',
    too_long: 'too long',
    other_patient: 'it answered with another patient',
    two_patients: 'several patients have the number',
    sealed: 'the password cannot be read; enter it again',
  },
  left_out: 'Not taken from {{system}}: {{parts}}. Please check and type it.',
  left_out_part: '{{part}} ({{why}})',
} satisfies Filled<typeof zh>
