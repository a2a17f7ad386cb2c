import { expect, test } from 'vitest'
import { type Admitted, filledFrom, typed } from './fill'
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

test('a hand that writes takes the source away', () => {
  const filled = { history: { source: '入院记录', at }, bed: { source: 'HIS', at } }
  expect(typed(rowOf({}, { filled }), 'history', '改过').content).toEqual({
    history: '改过',
    filled: { bed: { source: 'HIS', at } },
  })
  expect(typed(rowOf(), 'history', '新写').content).toEqual({ history: '新写' })
})
