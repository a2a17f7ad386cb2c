import { expect, test, vi } from 'vitest'
import { FrameError } from '../decode/pool'
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import { type Grid, gridOf } from './grid'
import { slices } from './testing'
import { readVolume, SliceError } from './volume'

function gridIn(frames: Frame[]): Grid {
  const grid = gridOf(frames)
  if ('refused' in grid) throw new Error(grid.refused)
  return grid
}

const indexOf = (frame: Frame) => Number(frame.instance.uid.split('.')[2])
/** Each value says its slice and its place in it. */
const pixelsOf = (frame: Frame): Pixels => ({
  grey: Uint16Array.from({ length: 24 }, (_, i) => 100 * indexOf(frame) + i),
  min: 0,
  max: 0,
})

function reading(pixels: (frame: Frame) => Promise<Pixels>) {
  const pause = vi.fn(() => Promise.resolve())
  const onProgress = vi.fn()
  return { pixels, width: 3, pause, onProgress }
}

const NEVER = new AbortController().signal

test('modality values lie slice by slice, whichever came first, and the progress counts them', async () => {
  const how = reading(async (frame) => pixelsOf(frame))
  const volume = await readVolume(gridIn(slices(20).reverse()), how, NEVER)
  expect(volume.values).toBeInstanceOf(Int16Array)
  expect(volume.values[0]).toBe(-1024)
  expect(volume.values[24 * 7 + 5]).toBe(700 + 5 - 1024)
  expect([volume.min, volume.max]).toEqual([-1024, 1900 + 23 - 1024])
  expect(how.onProgress.mock.calls.map(([n]) => n)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
})

test('a slope of its own for each slice, as in PET, keeps its fractions', async () => {
  const own = slices(20).map((frame, i) => ({ ...frame, slope: 0.5 + i, intercept: 0 }))
  const volume = await readVolume(
    gridIn(own),
    reading(async (frame) => pixelsOf(frame)),
    NEVER,
  )
  expect(volume.values).toBeInstanceOf(Float32Array)
  expect(volume.values[24 * 2 + 1]).toBe(201 * 2.5)
})

test('a slice that does not come is asked for again, later each time', async () => {
  let failures = 3
  const how = reading(async (frame) => {
    if (indexOf(frame) === 4 && failures-- > 0) throw new FrameError('offline', 0)
    return pixelsOf(frame)
  })
  const volume = await readVolume(gridIn(slices(20)), how, NEVER)
  expect(volume.values[24 * 4]).toBe(400 - 1024)
  expect(how.pause.mock.calls.map(([attempt]: unknown[]) => attempt)).toEqual([1, 2, 3])
})

test.each<[string, Pixels | Error]>([
  ['nothing answers', new FrameError('offline', 503)],
  ['it is gone', new FrameError('gone', 404)],
  ['it cannot be decoded', new FrameError('damaged', null)],
  [
    'it is only a preview',
    { ...pixelsOf(slices(1)[0] as Frame), preview: { rows: 1, columns: 1, halved: 2 } },
  ],
  ['it has colours', { rgba: new Uint8ClampedArray(96) }],
  ['it has another size', { grey: new Uint16Array(23), min: 0, max: 0 }],
])('there is no volume without a slice: %s', async (_, found) => {
  const how = reading(async (frame) => {
    if (indexOf(frame) !== 11) return pixelsOf(frame)
    if (found instanceof Error) throw found
    return found
  })
  const failed = await readVolume(gridIn(slices(20)), how, NEVER).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(SliceError)
  expect((failed as SliceError).slice).toBe(12)
})

test('whoever leaves gets no volume, and nothing more is asked for', async () => {
  const ended = new AbortController()
  let asked = 0
  const how = reading(async (frame) => {
    asked++
    if (asked === 5) ended.abort()
    return pixelsOf(frame)
  })
  await expect(readVolume(gridIn(slices(40)), how, ended.signal)).rejects.toThrow()
  expect(asked).toBeLessThan(10)
})
