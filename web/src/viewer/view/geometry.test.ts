import { describe, expect, it } from 'vitest'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import type { Dataset } from '../dicom/json'
import { lengthOf, spacingOf } from '../dicom/spacing'
import { stackOf } from '../dicom/stack'
import type { Vec2 } from '../types'
import {
  cameraOf,
  fromPatient,
  matrixOf,
  mirrored,
  panned,
  toCanvas,
  toPatient,
  toPixel,
  type View,
  viewOf,
  wholeImage,
  zoomedAt,
} from './camera'
import { edgesOf, lettersOf, opposite } from './orientation'

const WIDE = { width: 900, height: 400 }
const TALL = { width: 300, height: 600 }

function slice(extra: Dataset = {}, z = 0): Frame {
  const ds: Dataset = {
    '00080018': { vr: 'UI', Value: [`1.2.${z}`] },
    '00080060': { vr: 'CS', Value: ['CT'] },
    '00280010': { vr: 'US', Value: [200] },
    '00280011': { vr: 'US', Value: [100] },
    '00280030': { vr: 'DS', Value: [2, 1] },
    '00200032': { vr: 'DS', Value: [-50, -100, z] },
    '00200037': { vr: 'DS', Value: [1, 0, 0, 0, 1, 0] },
    ...extra,
  }
  const instance = instanceOf('wuxi', ds)
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return frame
}

const view = (change: Partial<View> = {}): View => ({ ...wholeImage(slice()), ...change })
const near = (a: Vec2, b: Vec2, off = 1e-6) => {
  expect(Math.abs(a[0] - b[0])).toBeLessThan(off)
  expect(Math.abs(a[1] - b[1])).toBeLessThan(off)
}

describe('the view', () => {
  it.each([
    ['horizontal', -1, 1],
    ['vertical', 1, -1],
  ] as const)('is mirrored %sly as the screen shows it, however it is turned', (axis, x, y) => {
    for (const turns of [0, 1, 2, 3] as const) {
      for (const flipped of [false, true]) {
        const before = view({ turns, flipped })
        const [a, b, c, d] = matrixOf(slice(), before, WIDE)
        const after = matrixOf(slice(), mirrored(before, axis), WIDE).slice(0, 4)
        for (const [i, wanted] of [x * a, y * b, x * c, y * d].entries())
          expect(after[i]).toBeCloseTo(wanted, 9)
      }
    }
  })

  it('shows the whole image with pixels of their true proportions', () => {
    const matrix = matrixOf(slice(), view(), WIDE)
    // 100 mm across and 400 mm down fit a height of 400.
    near(toCanvas(matrix, [-0.5, -0.5]), [400, 0])
    near(toCanvas(matrix, [99.5, 199.5]), [500, 400])
  })

  it.each([0, 1, 2, 3] as const)('finds the pixel under a point when turned %i times', (turns) => {
    const matrix = matrixOf(slice(), view({ turns, flipped: true, zoom: 3, column: 20 }), TALL)
    near(toPixel(matrix, toCanvas(matrix, [12.25, 77.5])), [12.25, 77.5])
  })

  it('zooms about the point under the cursor', () => {
    const frame = slice()
    const before = view({ zoom: 2 })
    const at: Vec2 = [120, 300]
    const after = zoomedAt(frame, before, TALL, at, 1.7)
    near(toPixel(matrixOf(frame, after, TALL), at), toPixel(matrixOf(frame, before, TALL), at))
  })

  it('never loses the image when it is dragged far away', () => {
    const far = panned(slice(), view(), WIDE, [-5000, 5000])
    expect(far.column).toBe(99.5)
    expect(far.row).toBe(-0.5)
  })

  it('is the same part of the image in a window of another shape', () => {
    const frame = slice()
    const mine = view({ zoom: 4, column: 30, row: 60, turns: 1 })
    const camera = cameraOf(frame, mine, WIDE)
    const theirs = viewOf(frame, camera, TALL)
    near([theirs.column, theirs.row], [30, 60])
    for (const corner of [
      [0, 0],
      [WIDE.width, WIDE.height],
    ] as Vec2[]) {
      const [x, y] = toCanvas(
        matrixOf(frame, theirs, TALL),
        toPixel(matrixOf(frame, mine, WIDE), corner),
      )
      expect(x).toBeGreaterThan(-1e-6)
      expect(x).toBeLessThan(TALL.width + 1e-6)
      expect(y).toBeGreaterThan(-1e-6)
      expect(y).toBeLessThan(TALL.height + 1e-6)
    }
  })

  it('stays whole for a follower when it is whole for the presenter', () => {
    const frame = slice()
    expect(viewOf(frame, cameraOf(frame, view(), WIDE), TALL).zoom).toBeCloseTo(1)
  })

  it('goes to the patient and back', () => {
    const frame = slice({}, -84)
    const point = toPatient(frame, [10, 20])
    expect(point).toEqual([-40, -60, -84])
    expect(point && fromPatient(frame, point)).toEqual({ pixel: [10, 20], off: 0 })
    expect(fromPatient(frame, [-40, -60, -80])?.off).toBeCloseTo(4)
  })
})

describe('the letters', () => {
  it('name the edges of an axial slice and follow turn and mirror', () => {
    const frame = slice()
    expect(edgesOf(frame, view())).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' })
    expect(edgesOf(frame, view({ flipped: true }))).toMatchObject({ left: 'L', right: 'R' })
    expect(edgesOf(frame, view({ turns: 1 }))).toMatchObject({ top: 'R', right: 'A' })
    expect(edgesOf(frame, view({ turns: 2 }))).toMatchObject({ left: 'L', top: 'P' })
  })

  it('come from Patient Orientation where there is no plane, else are unknown', () => {
    const bare: Dataset = { '00200032': { vr: 'DS' }, '00200037': { vr: 'DS' } }
    const chest = slice({ ...bare, '00200020': { vr: 'CS', Value: ['L', 'F'] } })
    expect(edgesOf(chest, view())).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' })
    expect(edgesOf(slice(bare), view())).toBeNull()
  })

  it('are two for an oblique direction', () => {
    expect(lettersOf([0.8, -0.6, 0])).toBe('LA')
    expect(opposite('LA')).toBe('RP')
  })
})

describe('a length', () => {
  const of = (attributes: Record<string, unknown[]>) =>
    spacingOf(
      Object.fromEntries(
        Object.entries(attributes).map(([tag, Value]) => [tag, { vr: 'DS', Value }]),
      ),
    )
  it('says what it rests on', () => {
    expect(of({ '00080060': ['CT'], '00280030': [0.5, 0.5] }).basis).toBe('patient')
    expect(of({ '00080060': ['DX'], '00181164': [0.14, 0.14] }).basis).toBe('detector')
    const copied = { '00080060': ['DX'], '00181164': [0.14, 0.14], '00280030': [0.14, 0.14] }
    expect(of(copied).basis).toBe('detector')
    expect(of({ ...copied, '00280030': [0.13, 0.13] }).basis).toBe('calibrated')
    // PS3.3 §10.7: Pixel Spacing alone does not say whether it was corrected.
    const alone = { '00080060': ['CR'], '00280030': [0.13, 0.13] }
    expect(of(alone).basis).toBe('unknown')
    expect(of({ ...alone, '00280A02': ['FIDUCIAL'] }).basis).toBe('calibrated')
    expect(of({ '00080060': ['OT'] }).basis).toBe('none')
  })
  it('counts pixels when nothing is known', () => {
    const none = of({ '00080060': ['OT'] })
    expect(lengthOf(none, [0, 0], [3, 4])).toEqual({ value: 5, unit: 'px', basis: 'none' })
    const mm = of({ '00080060': ['MR'], '00280030': [2, 1] })
    expect(lengthOf(mm, [0, 0], [3, 2])).toEqual({ value: 5, unit: 'mm', basis: 'patient' })
  })
})

describe('a stack', () => {
  it('begins at the head and keeps instance numbers where places repeat', () => {
    const at = (z: number, n: number, uid: string) =>
      slice({ '00200013': { vr: 'IS', Value: [n] }, '00080018': { vr: 'UI', Value: [uid] } }, z)
        .instance
    const rising = stackOf('wuxi', '1', '2', [at(0, 1, '1.1'), at(5, 2, '1.2'), at(10, 3, '1.3')])
    expect(rising.frames.map((frame) => frame.instance.uid)).toEqual(['1.3', '1.2', '1.1'])
    const phases = stackOf('wuxi', '1', '2', [at(0, 2, '1.2'), at(0, 1, '1.1')])
    expect(phases.frames.map((frame) => frame.instance.uid)).toEqual(['1.1', '1.2'])
  })
})
