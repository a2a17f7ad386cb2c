import { describe, expect, it } from 'vitest'
import { framesOf, instanceOf } from '../dicom/frame'
import type { Dataset } from '../dicom/json'
import { suvFactor } from './suv'
import { unitOf } from './values'

const agent = (more: Dataset = {}): Dataset => ({
  '00181072': { vr: 'TM', Value: ['100000'] },
  '00181074': { vr: 'DS', Value: [400_000_000] },
  '00181075': { vr: 'DS', Value: [3600] },
  ...more,
})

/** 400 MBq of a half-life of one hour, injected two hours before the series: 100 MBq for 70 kg. */
const pet = (more: Dataset = {}, injected: Dataset = agent()): Dataset => ({
  '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.128'] },
  '00080018': { vr: 'UI', Value: ['1.1'] },
  '00080021': { vr: 'DA', Value: ['20261125'] },
  '00080031': { vr: 'TM', Value: ['120000.00'] },
  '00080022': { vr: 'DA', Value: ['20261125'] },
  '00080032': { vr: 'TM', Value: ['121000'] },
  '00101030': { vr: 'DS', Value: [70] },
  '00280010': { vr: 'US', Value: [2] },
  '00280011': { vr: 'US', Value: [2] },
  '00280051': { vr: 'CS', Value: ['DECY', 'ATTN', 'SCAT'] },
  '00541001': { vr: 'CS', Value: ['BQML'] },
  '00541102': { vr: 'CS', Value: ['START'] },
  '00540016': { vr: 'SQ', Value: [injected] },
  ...more,
})

const without = (tag: string): Dataset => pet({ [tag]: { vr: 'LO' } })
const unit = (ds: Dataset) => {
  const instance = instanceOf('wuxi', ds)
  const [frame] = instance ? framesOf(instance) : []
  return frame && unitOf(frame)
}

describe('the SUV by body weight', () => {
  it('is the activity over the decayed dose per gram', () => {
    expect(suvFactor(pet())).toBeCloseTo(70_000 / 100_000_000, 12)
    expect(unit(pet())).toEqual({
      unit: { symbol: 'SUVbw', noSuv: null },
      factor: expect.closeTo(0.0007, 12),
    })
  })

  it('takes the full date of the injection, in its own zone if the file names one', () => {
    const at = (stamp: string, zone?: string) =>
      suvFactor(
        pet(
          zone ? { '00080201': { vr: 'SH', Value: [zone] } } : {},
          agent({ '00181078': { vr: 'DT', Value: [stamp] } }),
        ),
      )
    expect(at('20261125110000.00')).toBeCloseTo(70_000 / 200_000_000, 12)
    expect(at('20261125030000+0000', '+0800')).toBeCloseTo(70_000 / 200_000_000, 12)
    expect(at('20261125110000+0800')).toBe('time')
  })

  it.each([
    ['counts instead of activity', pet({ '00541001': { vr: 'CS', Value: ['CNTS'] } }), 'units'],
    [
      'no correction for attenuation',
      pet({ '00280051': { vr: 'CS', Value: ['DECY'] } }),
      'corrections',
    ],
    [
      'decay corrected to the injection',
      pet({ '00541102': { vr: 'CS', Value: ['ADMIN'] } }),
      'corrections',
    ],
    ['no weight', without('00101030'), 'weight'],
    ['no dose', pet({}, agent({ '00181074': { vr: 'DS' } })), 'dose'],
    ['two injections', pet({ '00540016': { vr: 'SQ', Value: [agent(), agent()] } }), 'dose'],
    [
      'a series written later than its images',
      pet({ '00080031': { vr: 'TM', Value: ['180000'] } }),
      'time',
    ],
    [
      'an injection after the series',
      pet({}, agent({ '00181072': { vr: 'TM', Value: ['230000'] } })),
      'time',
    ],
    ['no time of acquisition', without('00080032'), 'time'],
  ] as const)('is not guessed with %s', (_, ds, why) => {
    expect(suvFactor(ds)).toBe(why)
    expect(unit(ds)).toMatchObject({ factor: 1, unit: { noSuv: why } })
  })

  it('leaves the file’s own unit, and knows a file that is in SUV already', () => {
    expect(unit(without('00101030'))?.unit.symbol).toBe('Bq/ml')
    const gml = { '00541001': { vr: 'CS', Value: ['GML'] } }
    expect(unit(pet(gml))?.unit).toEqual({ symbol: 'SUVbw', noSuv: null })
    const lean = { ...gml, '00541006': { vr: 'CS', Value: ['LBM'] } }
    expect(unit(pet(lean))?.unit.symbol).toBe('SUV LBM')
  })
})
