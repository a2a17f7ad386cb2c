import { expect, test } from 'vitest'
import type { Frame } from '../dicom/frame'
import { gridOf, worldOf } from './grid'
import { slices } from './testing'

const refusal = (frames: readonly Frame[]) => {
  const grid = gridOf(frames)
  return 'refused' in grid ? grid.refused : null
}

test('slices from the head down become a volume from the feet up, with its places in the patient', () => {
  const grid = gridOf([...slices(30)].reverse())
  if ('refused' in grid) throw new Error(grid.refused)
  expect(grid.size).toEqual([6, 4, 30])
  expect(grid.spacing).toEqual([0.5, 0.8, 1.5])
  expect(grid.frames[0]?.plane?.origin).toEqual([-10, -20, 100])
  expect(worldOf(grid, [2, 1, 4])).toEqual([-9, -19.2, 106])
})

test('positions rounded to a tenth of a millimetre are still equally spaced', () => {
  const rounded = slices(40, { step: 0.625 }).map((frame) => {
    const plane = frame.plane as NonNullable<Frame['plane']>
    const [x, y, z] = plane.origin
    return { ...frame, plane: { ...plane, origin: [x, y, Math.round(z * 10) / 10] as const } }
  })
  expect(refusal(rounded)).toBeNull()
})

const changed = (at: number, change: (frame: Frame) => Partial<Frame>) =>
  slices(30).map((frame, i) => (i === at ? { ...frame, ...change(frame) } : frame))
const moved = (frame: Frame, by: readonly [number, number, number]) => {
  const plane = frame.plane as NonNullable<Frame['plane']>
  const [x, y, z] = plane.origin
  return { plane: { ...plane, origin: [x + by[0], y + by[1], z + by[2]] as const } }
}
const instance = (frame: Frame, part: Partial<Frame['instance']>) => ({
  instance: { ...frame.instance, ...part },
})

test.each<[string, string, Frame[]]>([
  ['few', '19 slices', slices(19)],
  ['few', 'nothing', []],
  [
    'modality',
    'an ultrasound',
    slices(30).map((f) => ({ ...f, ...instance(f, { modality: 'US' }) })),
  ],
  ['colour', 'a picture in colours', changed(3, (f) => instance(f, { samples: 3 }))],
  ['grey', 'one with small values bright', changed(3, (f) => instance(f, { inverted: true }))],
  ['grey', 'a modality table', changed(3, () => ({ modalityLut: {} }))],
  ['grey', 'a sigmoid window', changed(3, () => ({ voiFunction: 'SIGMOID' }))],
  ['sizes', 'another matrix', changed(3, (f) => instance(f, { rows: 5 }))],
  [
    'sizes',
    'another pixel',
    changed(3, () => ({ spacing: { row: 1, column: 0.5, basis: 'patient' } })),
  ],
  ['no_geometry', 'no place', changed(3, () => ({ plane: null }))],
  [
    'frame_of_reference',
    'another frame',
    changed(3, (f) => instance(f, { frameOfReference: '9' })),
  ],
  [
    'frame_of_reference',
    'none',
    slices(30).map((f) => ({ ...f, ...instance(f, { frameOfReference: null }) })),
  ],
  ['same_place', 'a second phase', [...slices(30), ...slices(30)]],
  ['missing', 'a gap of one', slices(31).filter((_, i) => i !== 12)],
  ['missing', 'a gap of three', slices(40).filter((_, i) => i < 12 || i > 14)],
  ['spacing', 'a slice aside', changed(12, (f) => moved(f, [0, 0, 0.5]))],
  ['tilt', 'a shifted slice', changed(12, (f) => moved(f, [0.6, 0, 0]))],
])('%s: %s', (why, _, frames) => {
  expect(refusal(frames)).toBe(why)
})

test('a tilted gantry is refused: the slices are parallel, and each lies a little beside the one before', () => {
  const tilted = slices(30).map((frame, i) => ({ ...frame, ...moved(frame, [0, 0.1 * i, 0]) }))
  expect(refusal(tilted)).toBe('tilt')
})

test('slices that turn, as around a joint, are refused', () => {
  const turned = slices(30).map((frame, i) => {
    const plane = frame.plane as NonNullable<Frame['plane']>
    const angle = (i * Math.PI) / 180
    return { ...frame, plane: { ...plane, along: [Math.cos(angle), Math.sin(angle), 0] as const } }
  })
  expect(refusal(turned)).toBe('orientation')
})

test('an uneven stack is refused even if no gap is far from the usual one', () => {
  const places = Array.from({ length: 40 }, (_, i) => (i < 20 ? i * 1.5 : 30 + (i - 20) * 1.6))
  const growing = slices(40).map((frame, i) => ({
    ...frame,
    ...moved(frame, [0, 0, (places[i] as number) - i * 1.5]),
  }))
  expect(refusal(growing)).toBe('spacing')
})
