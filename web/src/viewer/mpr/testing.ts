/** Slices for the tests of volumes: 6 columns of 0.5 mm, 4 rows of 0.8 mm, from the feet up. */
import type { Frame } from '../dicom/frame'
import { type Instance, instanceOf } from '../dicom/frame'

const COLUMNS = 6
const ROWS = 4

export function slices(count: number, { step = 1.5 } = {}): Frame[] {
  return Array.from({ length: count }, (_, i) => slice(i, step))
}

function slice(index: number, step: number): Frame {
  const us = (n: number) => ({ vr: 'US', Value: [n] })
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: [`1.2.${index}`] },
    '00080060': { vr: 'CS', Value: ['CT'] },
    '00200052': { vr: 'UI', Value: ['1.9'] },
    '00280002': us(1),
    '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
    '00280010': us(ROWS),
    '00280011': us(COLUMNS),
    '00280100': us(16),
    '00280101': us(12),
  }) as Instance
  return {
    instance,
    number: 1,
    plane: { origin: [-10, -20, 100 + step * index], along: [1, 0, 0], down: [0, 1, 0] },
    directions: null,
    spacing: { row: 0.8, column: 0.5, basis: 'patient' },
    overlays: [],
    thickness: step,
    laterality: '',
    slope: 1,
    intercept: -1024,
    rescaled: true,
    rescaleType: 'HU',
    modalityLut: null,
    windows: [{ center: 40, width: 400 }],
    windowNames: [''],
    voiFunction: 'LINEAR',
    voiLut: null,
  }
}
