import { describe, expect, it } from 'vitest'
import { voiFor } from '../choice'
import type { Pixels } from '../decode/wire'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import type { Dataset } from '../dicom/json'
import { suvFactor } from '../tools/suv'
import type { Voi } from '../types'
import { besideOwn, greyOf, presetsFor } from './voi'

const PET: Dataset = {
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
  '00540016': {
    vr: 'SQ',
    Value: [
      {
        '00181072': { vr: 'TM', Value: ['100000'] },
        '00181074': { vr: 'DS', Value: [400_000_000] },
        '00181075': { vr: 'DS', Value: [3600] },
      },
    ],
  },
}

function framed(more: Dataset, windows: Voi[] = []): Frame {
  const instance = instanceOf('wuxi', { ...PET, ...more })
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return { ...frame, windows }
}
const traced = framed({})

describe('presets', () => {
  it('have presets by modality, each with a key of its own', () => {
    const names = (modality: string) => presetsFor(modality).map((preset) => preset.name)
    expect(names('US')).toEqual(['own', 'full'])
    for (const modality of ['MR', 'MG', 'XA', 'DX'])
      expect(names(modality)).toEqual(['own', 'narrow', 'wide', 'brighter', 'darker', 'full'])
    expect(names('NM')).toEqual(['own', 'half', 'quarter', 'double', 'full'])
    for (const modality of ['CT', 'MR', 'PT']) {
      const keys = presetsFor(modality, traced).map((preset) => preset.key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
  it('are parts of the file’s own where values have no unit, and of each picture’s own', () => {
    const own = { center: 500, width: 1000 }
    expect(besideOwn('narrow', own, traced)).toEqual({ center: 500, width: 600 })
    expect(besideOwn('brighter', own, traced)).toEqual({ center: 300, width: 1000 })
    // From the same floor: 0 to 500, to 250, to 2000.
    expect(besideOwn('half', own, traced)).toEqual({ center: 250, width: 500 })
    expect(besideOwn('quarter', own, traced)).toEqual({ center: 125, width: 250 })
    expect(besideOwn('double', own, traced)).toEqual({ center: 1000, width: 2000 })
    expect(besideOwn('soft', own, traced)).toBeNull()
    const pixels = { grey: new Uint16Array([0, 9]), min: 0, max: 9 } as unknown as Pixels
    for (const center of [100, 700])
      expect(voiFor(framed({}, [{ center, width: 10 }]), 'wide', pixels)).toEqual({
        center,
        width: 16,
      })
  })
  it('brighten what is bright for low values by the other way', () => {
    const film = { ...traced, instance: { ...traced.instance, inverted: true } }
    const own = { center: 500, width: 1000 }
    expect(besideOwn('brighter', own, film)).toEqual({ center: 700, width: 1000 })
    const grey = (voi: Voi | null) => 255 - greyOf(450, voi ?? own, 'LINEAR_EXACT')
    expect(grey(besideOwn('brighter', own, film))).toBeGreaterThan(grey(own))
    expect(grey(besideOwn('darker', own, film))).toBeLessThan(grey(own))
  })
  it('are SUV for PET with all that it takes, and are not offered without', () => {
    const names = (frame: Frame) => presetsFor('PT', frame).map((preset) => preset.name)
    expect(names(traced).slice(0, 4)).toEqual(['own', 'suv5', 'suv7', 'suv10'])
    const voi = besideOwn('suv10', { center: 0, width: 1 }, traced)
    const factor = suvFactor(traced.instance.ds)
    expect(voi && typeof factor === 'number' && voi.width * factor).toBeCloseTo(10)
    expect(voi && voi.center - voi.width / 2).toBeCloseTo(0)
    const untraced = framed({ '00101030': { vr: 'DS' } })
    expect(names(untraced)).toEqual(['own', 'half', 'quarter', 'double', 'full'])
    expect(besideOwn('suv10', { center: 0, width: 1 }, untraced)).toBeNull()
  })
})
