import { describe, expect, it } from 'vitest'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import type { Dataset } from '../dicom/json'
import type { Vec2 } from '../types'
import type { Words } from '../words'
import { between, betweenLines } from './angles'
import { figuresOf, KINDS } from './kinds'
import type { Mark, Measured } from './mark'
import type { MarkKind } from './names'
import { crossesItself, isWithin } from './polygon'
import { said, textOf } from './text'

const COLUMNS = 10
const CT: Dataset = {
  '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
  '00280030': { vr: 'DS', Value: [2, 0.5] },
  '00281053': { vr: 'DS', Value: [1] },
  '00281052': { vr: 'DS', Value: [-1000] },
}

function frameOf(more: Dataset): Frame {
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: ['1.1'] },
    '00280010': { vr: 'US', Value: [10] },
    '00280011': { vr: 'US', Value: [COLUMNS] },
    ...more,
  })
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return frame
}

/** Every stored value says where it is: 1000 + column + 10 times row. */
function imageOf(more: Dataset = CT, grey?: Uint16Array): Measured {
  const values = grey ?? Uint16Array.from({ length: 100 }, (_, i) => 1000 + i)
  return { frame: frameOf(more), pixels: { grey: values, min: 1000, max: 1099 } }
}

const measure = (kind: MarkKind, points: readonly Vec2[], on = imageOf()) =>
  KINDS[kind].measure(points, on)

const WORDS = {
  basis: { patient: '', detector: '（探测器平面）', none: '（无标定）' },
  comma: '，',
  measure: {
    stored: '（存储值）',
    mean: (mean, sd) => `均值 ${mean}，标准差 ${sd}`,
    range: (min, max) => `最小 ${min}，最大 ${max}`,
    area: (area) => `面积 ${area}`,
    pixels: (n) => `${n} 像素`,
    crossed: '自相交',
    padding: '填充区',
    noValues: '无数值',
    noSuv: { weight: '缺体重' },
  },
} as Words

const mark = (kind: MarkKind, points: readonly Vec2[], text = ''): Mark => ({
  id: 'a',
  kind,
  points,
  text,
})

describe('figures', () => {
  it('of a length are in millimetres by both spacings', () => {
    const { length } = measure('length', [
      [0, 0],
      [8, 1.5],
    ])
    expect(length).toEqual({ value: 5, unit: 'mm', basis: 'patient' })
  })

  it('of a probe are the value of the pixel it stands on, after the modality LUT', () => {
    expect(measure('probe', [[2.4, 3.4]]).values).toMatchObject({ count: 1, mean: 32 })
  })

  it('of a rectangle count the pixels whose middles are in it', () => {
    const { area, values } = measure('rectangle', [
      [4.6, 3.5],
      [1.4, 1.5],
    ])
    // Columns 2 to 4 in rows 2 and 3: 22, 23, 24, 32, 33, 34.
    expect(values).toMatchObject({ count: 6, mean: 28, min: 22, max: 34 })
    expect(values?.mean !== undefined && values.sd).toBeCloseTo(Math.sqrt(154 / 6), 10)
    expect(area).toEqual({
      value: expect.closeTo(3.2 * 2 * 0.5 * 2, 10),
      unit: 'mm²',
      basis: 'patient',
    })
  })

  it('of an ellipse leave out its corners', () => {
    const { area, values } = measure('ellipse', [
      [2, 2],
      [6, 6],
    ])
    // The 13 pixels within two of the middle, 44.
    expect(values).toMatchObject({ count: 13, mean: expect.closeTo(44, 10), min: 24, max: 64 })
    expect(area).toMatchObject({ value: expect.closeTo(Math.PI * 4, 10) })
  })

  it('of an outline are those within it, whatever its shape, and none if it crosses itself', () => {
    const corner: Vec2[] = [
      [0.5, 0.5],
      [4.5, 0.5],
      [4.5, 2.5],
      [2.5, 2.5],
      [2.5, 4.5],
      [0.5, 4.5],
    ]
    const { area, values } = measure('polygon', corner)
    // Rows 1 and 2 with columns 1 to 4, rows 3 and 4 with columns 1 and 2.
    expect(values).toMatchObject({ count: 12, min: 11, max: 42 })
    expect(area).toMatchObject({ value: 12, unit: 'mm²' })
    const bow: Vec2[] = [
      [0, 0],
      [4, 4],
      [4, 0],
      [0, 4],
    ]
    expect(crossesItself(bow)).toBe(true)
    expect(crossesItself(corner)).toBe(false)
    expect(measure('polygon', bow)).toEqual({ area: 'crossed' })
    expect([isWithin(corner, 1, 4), isWithin(corner, 4, 4)]).toEqual([true, false])
  })

  it('of angles are those in the patient where pixels are not square', () => {
    // 4 columns of 0.5 mm and 1 row of 2 mm: 45 degrees.
    const points: Vec2[] = [
      [8, 0],
      [0, 0],
      [4, 1],
    ]
    expect(measure('angle', points).angle).toBeCloseTo(45, 10)
  })

  it.each([
    ['whichever way they are drawn', [1, 0], [-1, 0.0001], 0],
    ['acute', [1, 1], [-1, 1], 90],
    ['steep', [1, 10], [-1, 10], 180 - (2 * (Math.atan(10) * 180)) / Math.PI],
    ['flat and far open', [1, 1.5], [1, -1.5], (2 * Math.atan(1.5) * 180) / Math.PI],
  ] as const)('of lines %s are the angle between them', (_, a, b, angle) => {
    expect(betweenLines(a, b)).toBeCloseTo(angle, 1)
  })

  it('of a corner reach 180 degrees', () => {
    expect(between([1, 0], [-1, 0])).toBe(180)
  })

  it('count no padding, and say where there is nothing else', () => {
    const padded = imageOf({ ...CT, '00280120': { vr: 'US', Value: [1000] } })
    const first: Vec2[] = [
      [0, 0],
      [1, 0],
    ]
    expect(measure('rectangle', first, padded).values).toMatchObject({ count: 1, mean: 1 })
    expect(textOf(mark('probe', [[0, 0]]), padded, WORDS)).toEqual(['填充区'])
  })

  it('need the picture in full, and stay when only a preview is left', () => {
    const full = imageOf()
    const preview: Measured = {
      ...full,
      pixels: { ...full.pixels, preview: { rows: 3, columns: 3, halved: 2 } },
    }
    const [one, other] = [mark('probe', [[3, 2]]), mark('probe', [[3, 2]])]
    expect(figuresOf(one, preview)).toBeNull()
    expect(figuresOf(other, full)?.values).toMatchObject({ mean: 23 })
    expect(figuresOf(other, preview)?.values).toMatchObject({ mean: 23 })
  })
})

describe('what is said', () => {
  it('names the unit: HU of a CT, else the rescale type, else as it is stored', () => {
    const at = [[3, 2]] as const
    expect(textOf(mark('probe', at), imageOf(), WORDS)).toEqual(['23 HU'])
    const rescaled = { ...CT, '00281054': { vr: 'LO', Value: ['MGML'] } }
    expect(textOf(mark('probe', at), imageOf(rescaled), WORDS)).toEqual(['23 mg/ml'])
    expect(textOf(mark('probe', at), imageOf({}), WORDS)).toEqual(['1023 （存储值）'])
    const secondary = { ...CT, '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.7'] } }
    expect(textOf(mark('probe', at), imageOf(secondary), WORDS)).toEqual(['23'])
  })

  it('begins with what a report cites', () => {
    const corners: Vec2[] = [
      [1.4, 1.5],
      [4.6, 3.5],
    ]
    expect(textOf(mark('rectangle', corners), imageOf(), WORDS)).toEqual([
      '均值 28.0 HU，标准差 5.07',
      '最小 22，最大 34',
      '面积 6.4 mm²，6 像素',
    ])
    const line: Vec2[] = [
      [0, 0],
      [3, 4],
    ]
    expect(textOf(mark('length', line), imageOf({}), WORDS)).toEqual(['5 px （无标定）'])
    expect(textOf(mark('arrow', line, '破口'), imageOf(), WORDS)).toEqual(['破口'])
  })

  it('is that there are no values in colour or in the archive’s own picture', () => {
    const { frame } = imageOf()
    const colour: Measured = { frame, pixels: { rgba: new Uint8ClampedArray(400) } }
    expect(textOf(mark('probe', [[1, 1]]), colour, WORDS)).toEqual(['无数值'])
  })

  it('has digits as the size of the number asks', () => {
    expect([84, -1024, 12.345, 123.456, 0.00123456, -0.5].map(said)).toEqual([
      '84',
      '−1024',
      '12.35',
      '123.5',
      '0.00123',
      '−0.5',
    ])
  })
})
