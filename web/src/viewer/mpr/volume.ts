/** The values of a volume, read slice by slice through the viewer's own decoding; a slice that cannot be had ends it. */
import { isPassing } from '../decode/pool'
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { Voi } from '../types'
import { modalityValue } from '../view/voi'
import type { Grid } from './grid'

export type Values = Int16Array | Float32Array
export type Volume = Grid & {
  /** Modality values (PS3.3 C.11.1), column by column, row by row, slice by slice. */
  values: Values
  min: number
  max: number
  /** A slice was compressed with loss. */
  lossy: boolean
}

/** A slice could not be had; its number among the volume's, from 1. */
export class SliceError extends Error {
  constructor(
    readonly slice: number,
    readonly why: Error,
  ) {
    super(`Slice ${slice}: ${why.message}`)
  }
}

export type Reading = {
  pixels: (frame: Frame, signal: AbortSignal) => Promise<Pixels>
  /** How many slices are asked for at once. */
  width: number
  /** Before it tries again; `attempt` is 1 after the first failure. */
  pause: (attempt: number, signal: AbortSignal) => Promise<void>
  onProgress: (arrived: number) => void
}

/** How often a slice is asked for: where nothing answers, or once more for what came damaged. */
const ATTEMPTS = { passing: 6, other: 2 }

export async function readVolume(
  grid: Grid,
  { pixels, width, pause, onProgress }: Reading,
  signal: AbortSignal,
): Promise<Volume> {
  const [columns, rows, slices] = grid.size
  const values = room(grid)
  const each = columns * rows
  let [next, arrived, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  /** The first failure ends the other readers too. */
  const ended = new AbortController()
  const stop = () => ended.abort()
  signal.addEventListener('abort', stop, { once: true })

  const one = async (slice: number): Promise<void> => {
    const frame = grid.frames[slice] as Frame
    for (let attempt = 1; ; attempt++) {
      try {
        const found = await pixels(frame, ended.signal)
        const [low, high] = put(frame, found, values.subarray(slice * each, (slice + 1) * each))
        min = Math.min(min, low)
        max = Math.max(max, high)
        return
      } catch (error) {
        const why = error as Error
        const most = isPassing(why) ? ATTEMPTS.passing : ATTEMPTS.other
        if (ended.signal.aborted || attempt >= most) throw new SliceError(slice + 1, why)
        await pause(attempt, ended.signal)
      }
    }
  }
  const reader = async () => {
    while (next < slices && !ended.signal.aborted) {
      await one(next++)
      if (!ended.signal.aborted) onProgress(++arrived)
    }
  }
  try {
    await Promise.all(Array.from({ length: width }, reader))
    if (arrived < slices) throw new DOMException('cancelled', 'AbortError')
  } finally {
    ended.abort()
    signal.removeEventListener('abort', stop)
  }
  return { ...grid, values, min, max, lossy: grid.frames.some(({ instance }) => instance.lossy) }
}

/** Whole numbers where every value the files can hold is one of 16 bits, as a CT's are. */
function room(grid: Grid): Values {
  const [columns, rows, slices] = grid.size
  const whole = grid.frames.every(({ instance, slope, intercept }) => {
    const { signed, bitsStored } = instance
    const [low, high] = signed
      ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1]
      : [0, 2 ** bitsStored - 1]
    const ends = [low * slope + intercept, high * slope + intercept]
    const fits = ends.every((value) => value >= -32768 && value <= 32767)
    return fits && Number.isInteger(slope) && Number.isInteger(intercept) && bitsStored <= 16
  })
  const length = columns * rows * slices
  return whole ? new Int16Array(length) : new Float32Array(length)
}

/** Writes a slice's modality values; the least and the greatest of them. */
function put(frame: Frame, found: Pixels, into: Values): [number, number] {
  if (!('grey' in found) || found.preview) throw new Error('The slice has no values.')
  const { grey } = found
  if (grey.length !== into.length) throw new Error('The slice has another size.')
  const shown = modalityValue(frame, found)
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < grey.length; i++) {
    const value = shown(grey[i] as number)
    into[i] = value
    if (value < min) min = value
    if (value > max) max = value
  }
  return [min, max]
}

/** The window with which it opens: the file's own of the middle slice, else from the least to the greatest value. */
export function ownWindow(volume: Volume): Voi {
  const middle = volume.frames[Math.floor(volume.frames.length / 2)]
  return middle?.windows[0] ?? fullWindow(volume)
}

export const fullWindow = ({ min, max }: Volume): Voi => ({
  center: (min + max + 1) / 2,
  width: Math.max(1, max - min) + 1,
})
