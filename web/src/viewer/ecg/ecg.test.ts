import { describe, expect, it } from 'vitest'
import type { Dataset } from '../dicom/json'
import { between, MARGIN, pathOf, sheetOf, USUAL } from './paper'
import { groupsOf, missingLeads, type Recording, recordingOf, saidBy } from './recording'

const one = (value: unknown, vr = 'DS') => ({ vr, Value: [value] })
const code = (value: string, meaning = '') => ({
  vr: 'SQ',
  Value: [{ '00080100': one(value, 'SH'), '00080104': one(meaning, 'LO') }],
})

const channel = (lead: string, more: Dataset = {}): Dataset => ({
  '003A0208': code(lead),
  '003A0210': one(2.5),
  '003A0211': code('uV'),
  '003A0212': one(1),
  '003A0213': one(0),
  ...more,
})

const group = (channels: Dataset[], samples: number, more: Dataset = {}): Dataset => ({
  '003A0004': one('ORIGINAL', 'CS'),
  '003A0005': one(channels.length, 'US'),
  '003A0010': one(samples, 'UL'),
  '003A001A': one(500),
  '003A0200': { vr: 'SQ', Value: channels },
  '54001004': one(16, 'US'),
  '54001006': one('SS', 'CS'),
  ...more,
})

const inFile = (...all: Dataset[]): Dataset => ({ '54000100': { vr: 'SQ', Value: all } })
const bytes = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer)
const read = (of: Dataset, data: Uint8Array) => {
  const [found] = groupsOf(inFile(of))
  if (!found) throw new Error('no group')
  return recordingOf(found, data)
}
const curves = (found: ReturnType<typeof read>) => {
  if ('refused' in found) throw new Error(found.refused)
  return found.curves
}

describe('samples', () => {
  it('are multiplexed by channel; sensitivity, correction, baseline and unit make millivolts', () => {
    const scaled = channel('2:2', {
      '003A0211': code('mV'),
      '003A0210': one(0.01),
      '003A0212': one(2),
      '003A0213': one(0.5),
    })
    const found = curves(read(group([channel('5.6.3-9-1'), scaled], 2), bytes(400, 10, -400, -20)))
    expect(found.map(({ lead }) => lead)).toEqual(['I', 'II'])
    expect([...(found[0]?.values ?? [])]).toEqual([1, -1])
    expect([...(found[1]?.values ?? [])].map((mv) => mv.toFixed(2))).toEqual(['0.70', '0.10'])
  })

  it('that are padding are gaps, and a channel may begin later', () => {
    const later = channel('5.6.3-9-2', { '003A0215': one(5) })
    const padded = { '5400100A': { vr: 'OW', InlineBinary: btoa('\x00\x80') } }
    const [found] = curves(read(group([later], 2, padded), bytes(-32768, 400)))
    expect([...(found?.values ?? [])]).toEqual([Number.NaN, 1])
    expect(found?.skew).toBe(0.01)
  })

  it.each([
    ['encoding', { '54001006': one('MB', 'CS') }],
    ['encoding', { '54001004': one(8, 'US') }],
    ['rate', { '003A001A': one(0) }],
    ['none', { '003A0005': one(3, 'US') }],
    ['short', { '003A0010': one(9, 'UL') }],
    [
      'units',
      { '003A0200': { vr: 'SQ', Value: [channel('2:1', { '003A0211': code('mm[Hg]') })] } },
    ],
    ['uncalibrated', { '003A0200': { vr: 'SQ', Value: [{ '003A0208': code('2:1') }] } }],
  ])('are refused by name: %s', (why, more) => {
    expect(read(group([channel('2:1')], 2, more as Dataset), bytes(1, 2))).toEqual({ refused: why })
  })
})

it('leads are known by code or by name; others keep their name, and missing ones are said', () => {
  const named = (meaning: string) => channel('X', { '003A0208': code('X', meaning) })
  const found = read(
    group([named('Lead aVR'), named('V1'), named('Lead X (Frank)')], 1),
    bytes(0, 0, 0),
  )
  expect(curves(found).map(({ lead }) => lead)).toEqual(['aVR', 'V1', 'X'])
  expect(missingLeads(found as Recording)).toEqual([
    'I',
    'II',
    'III',
    'aVL',
    'aVF',
    'V2',
    'V3',
    'V4',
    'V5',
    'V6',
  ])
})

it('what was recorded comes before what was computed of it', () => {
  const derived = group([channel('2:1')], 9, { '003A0004': one('DERIVED', 'CS') })
  const short = group([channel('2:1')], 2)
  const found = groupsOf(inFile(derived, short, group([channel('2:1')], 5)))
  expect(found.map(({ ds }) => ds['003A0010']?.Value?.[0])).toEqual([5, 2, 9])
})

it('of what the device says sentences and whole intervals are told', () => {
  const value = (name: string, number: string) => ({
    '0040A043': code('1', name),
    '0040A30A': one(number),
    '004008EA': code('ms'),
  })
  const said = [
    { '00700006': one('Sinus rhythm', 'ST') },
    value('QRS Duration', '75'),
    value('PP Interval', '0'),
    value('QRS Onset', '212'),
  ]
  expect(saidBy({ '0040B020': { vr: 'SQ', Value: said } })).toEqual([
    'Sinus rhythm',
    'QRS Duration 75 ms',
  ])
})

describe('the paper', () => {
  const recording: Recording = {
    rate: 500,
    seconds: 10,
    curves: ['I', 'II', 'V6'].map((lead) => ({
      lead,
      values: Float32Array.from({ length: 5000 }, (_, i) => (i === 2500 ? 1 : 0)),
      skew: 0,
      filters: { low: null, high: null, notch: null },
    })),
  }

  it('has three rows of four leads and a rhythm strip: ten seconds are 250 mm', () => {
    const sheet = sheetOf(recording, USUAL)
    expect([sheet.width, sheet.rows.length, sheet.strips.length]).toEqual([250 + 2 * MARGIN, 4, 13])
    const v6 = sheet.strips.find(({ lead }) => lead === 'V6')
    expect([v6?.from, v6?.until, v6?.x]).toEqual([7.5, 10, MARGIN + 187.5])
    expect(sheet.strips.find(({ lead }) => lead === 'V3')?.curve).toBeNull()
    expect(sheet.strips.at(-1)?.lead).toBe('II')
  })

  it('a millivolt is ten millimetres high, half a way through at 125 mm, though values are thinned', () => {
    const rhythm = sheetOf(recording, USUAL).strips.at(-1)
    if (!rhythm) throw new Error('no strip')
    const peak = `${(MARGIN + 125).toFixed(2)} ${(rhythm.y - 10).toFixed(2)}`
    const path = pathOf(rhythm, 500, USUAL)
    expect(path).toContain(peak)
    expect(path.split('L').length).toBeLessThan(5000)
    expect(pathOf(rhythm, 500, { ...USUAL, speed: 50, gain: 5 })).not.toContain(peak)
  })

  it('a gap is no line', () => {
    const [curve] = recording.curves
    if (!curve) throw new Error('no curve')
    const values = Float32Array.of(0, Number.NaN, 0)
    const strip = { lead: 'I', curve: { ...curve, values }, x: 0, y: 0, from: 0, until: 1 }
    expect(pathOf(strip, 25, USUAL)).toBe('M0.00 0.00M2.00 0.00')
  })

  it('calipers say time, rate and voltage', () => {
    expect(between([10, 30], [30, 25], USUAL)).toEqual({ ms: 800, bpm: 75, mv: 0.5 })
    expect(between([10, 30], [10, 30], USUAL)).toEqual({ ms: 0, bpm: null, mv: 0 })
  })
})
