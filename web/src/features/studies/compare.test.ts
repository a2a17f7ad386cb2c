import { describe, expect, it } from 'vitest'
import type { Schemas } from '../../api/client'
import type { Study } from './checkQueries'
import { plainName, rowsOf, sameName } from './compare'
import { expectedOf, isPrior, studiesOf } from './ofConsultation'

const patient = {
  id: 'p1',
  hospital_id: 'wuxi',
  name: '陈远山',
  pinyin: 'chen yuan shan',
  sex: 'male',
  birth_date: '1968-04-12',
  identifiers: [{ kind: 'admission', issuer_hospital: 'wuxi', value: '0026118842' }],
} as unknown as Schemas['PatientOut']

const study = (change: Partial<Study>): Study =>
  ({
    header_name: 'Chen^Yuanshan=陈^远山',
    header_number: '0026118842',
    text_reading: 'as_labelled',
    charset_label: '',
    header_sex: 'M',
    header_birth_date: '1968-04-12',
    patient: null,
    evidence: {},
    ...change,
  }) as Study

const differing = (rows: ReturnType<typeof rowsOf>) =>
  rows.filter(({ agrees }) => !agrees).map(({ field }) => field)

describe('header and record', () => {
  it('agree by characters or pinyin, and every difference is marked', () => {
    expect(differing(rowsOf(study({}), patient))).toEqual([])
    expect(differing(rowsOf(study({ header_name: 'Yuanshan^Chen' }), patient))).toEqual([])
    const other = study({ header_name: 'Wu^Songnian=吴^松年', header_birth_date: null })
    expect(differing(rowsOf(other, patient))).toEqual(['name', 'birth_date'])
  })
  it('are judged by the server for the patient it looked at', () => {
    const evidence = { sex: { header: 'M', record: 'male', agrees: false } }
    expect(differing(rowsOf(study({ patient, evidence }), patient))).toEqual(['sex'])
  })
  it('differ in everything while no patient is chosen', () => {
    expect(differing(rowsOf(study({}), null))).toHaveLength(4)
  })
  it('write names as people do', () => {
    expect(plainName('Chen^Yuanshan=陈^远山')).toBe('陈 远山 / Chen Yuanshan')
    expect(sameName('', patient)).toBe(false)
  })
})

describe('a consultation’s studies', () => {
  const out = (change: Partial<Schemas['StudyOut']>): Schemas['StudyOut'] => ({
    hospital_id: 'wuxi',
    study_uid: '1.2',
    description: 'CTA',
    taken_at: '2026-11-25T08:00:00Z',
    modalities: ['CT'],
    series: 1,
    received: 118,
    expected: 612,
    withdrawable: false,
    complete: false,
    link: 'confirmed',
    differs: false,
    taken_along: false,
    ...change,
  })
  it('are those with images and a confirmed patient, priors last and marked', () => {
    const old = out({ study_uid: '1.1', taken_at: '2024-03-18T09:00:00Z', expected: 118 })
    const all = [old, out({}), out({ study_uid: '1.3', link: 'proposed' }), out({ received: 0 })]
    expect(isPrior(old, all)).toBe(true)
    const shown = studiesOf(all, { dicomweb: '/dicomweb' }, () => '无锡分院')
    expect(shown.map(({ uid, prior }) => [uid, prior])).toEqual([
      ['1.2', false],
      ['1.1', true],
    ])
    expect(shown[0]?.incomplete).toEqual({ received: 118, expected: 612 })
    expect(shown[1]?.incomplete).toBeNull()
    expect(shown[0]?.received).toBe(118)
  })
  it('are expected to be of its patient', () => {
    expect(expectedOf(patient)).toMatchObject({ sex: 'M', identifiers: ['0026118842'] })
  })
})
