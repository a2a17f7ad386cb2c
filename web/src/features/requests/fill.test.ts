import { expect, test } from 'vitest'
import { type Admitted, byHand, filledFrom, named } from './fill'
import { rowOf } from './testing'

const at = '2026-03-02T00:30:00Z'
const said = (text: string) => ({ text, source: '入院记录', at, measures: [] })
const found: Admitted = {
  patient: {
    version: 1,
    id: 'p1',
    hospital_id: 'wuxi',
    name: '陈远山',
    pinyin: '',
    sex: 'male',
    birth_date: '1968-04-12',
    estimated_age: null,
    temporary: false,
    allergy: 'none',
    allergy_text: '',
    critical: false,
    isolation: false,
    department: '心内科',
    department_en: 'Cardiology',
    ward: 'CCU',
    bed: '5',
    source: 'HIS',
    sourced_at: at,
    typed_at: null,
    identifiers: [],
  },
  attending: '许知遥',
  attending_phone: '138',
  record: {
    history: said('病历里的现病史'),
    past_history: said('高血压'),
    vitals: {
      text: '',
      source: '护理记录',
      at,
      measures: [{ name: '心率', value: '96', unit: '次/分', flag: '' }],
    },
  },
  source: 'HIS',
  read_at: at,
  left_out: {},
}

test('what is empty is filled with source and time; what was typed stays', () => {
  const { change, kept } = filledFrom(found, rowOf({}, { bed: '' }))
  expect(kept).toEqual(['history'])
  expect(change.patient_id).toBe('p1')
  expect(change.content?.history).toBeUndefined()
  expect(change.content).toMatchObject({ past_history: '高血压', bed: '5', vitals_at: at })
  expect(change.content?.filled?.vitals).toEqual({ source: '护理记录', at })
})

test('what a source said before is read anew', () => {
  const filled = { history: { source: '入院记录', at: '2026-03-01T00:00:00Z' } }
  const { change, kept } = filledFrom(found, rowOf({}, { filled }))
  expect(kept).toEqual([])
  expect(change.content?.history).toBe('病历里的现病史')
})

const before = { ...found.patient, id: 'p0', name: '吴松年' }
const filledBefore = {
  bed: { source: 'HIS', at },
  past_history: { source: '入院记录', at },
  medicines: { source: '医嘱', at },
  tests: { source: '检验系统', at },
}
const ofBefore = rowOf(
  {
    patient: before,
    studies: [{ study_uid: '1.2' } as ReturnType<typeof rowOf>['studies'][number]],
  },
  {
    past_history: '前一位的既往史',
    medicines: '前一位的用药',
    tests: [{ code: null, name: '乳酸', value: '9', unit: '', flag: 'high' }],
    tests_at: at,
    purpose: '为前一位写的目的',
    studies: [
      { uid: '1.2', description: '前一位的 CT', taken_at: null, taken_along: false },
      { uid: null, description: '主动脉 CTA', taken_at: null, taken_along: false },
    ],
    filled: filledBefore,
  },
)

test('of the patient before nothing stays that a source said, and its tag goes too', () => {
  const { change } = filledFrom({ ...found, patient: { ...found.patient, bed: '' } }, ofBefore)
  expect(change.content).toMatchObject({
    past_history: '高血压',
    medicines: '',
    tests: [],
    tests_at: null,
    bed: '',
    studies: [{ uid: null, description: '主动脉 CTA', taken_at: null }],
  })
  expect(change.content?.filled).not.toHaveProperty('medicines')
  expect(change.content?.filled).not.toHaveProperty('tests')
  expect(change.content?.filled).not.toHaveProperty('bed')
})

test('what a hand wrote about the patient before stays, and is named', () => {
  const { change, left } = filledFrom(found, ofBefore)
  expect(change.content).not.toHaveProperty('history')
  expect(left).toEqual(
    expect.arrayContaining(['ward', 'purpose', 'diagnosis', 'history', 'treatment', 'studies']),
  )
  expect(left).not.toContain('medicines')
  expect(left).not.toContain('past_history')
  expect(byHand(rowOf({}, { purpose: '', history: '又写' }).content, left)).toContain('history')
  expect(byHand(rowOf({}, { purpose: '' }).content, left)).not.toContain('purpose')
})

test('a patient chosen by name takes the record of the one before away as well', () => {
  const { change, left } = named(found.patient, ofBefore)
  expect(change).toMatchObject({
    patient_id: 'p1',
    content: { bed: '', past_history: '', medicines: '', tests: [], tests_at: null, filled: {} },
  })
  expect(left).toContain('purpose')
})

test('the same patient, or the first, takes nothing away', () => {
  const nothing = { patient: before, change: { patient_id: 'p0' }, left: [] }
  expect(named(before, ofBefore)).toEqual(nothing)
  expect(named(before, rowOf({}, { filled: filledBefore }))).toEqual(nothing)
  expect(filledFrom({ ...found, patient: before }, ofBefore).change.content).not.toHaveProperty(
    'medicines',
  )
})
