/**
 * How a frame's stored values become grey, as its file says (PS3.3 C.11). The archive's pictures follow the same rules:
 * `imaging/codec/look.py`, decision 35.
 */
import type { Voi } from '../types'
import { type Dataset, item, number, numbers, text, texts } from './json'

const FUNCTIONS = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const
export type VoiFunction = (typeof FUNCTIONS)[number]

/** X-ray angiography and fluoroscopy: their modality values are not for the display (C.8.7.1.1.2). */
const XRAY = new Set(['1.2.840.10008.5.1.4.1.1.12.1', '1.2.840.10008.5.1.4.1.1.12.2'])

export type Look = {
  slope: number
  intercept: number
  /** The file says how stored values become others. */
  rescaled: boolean
  /** The unit of these values: Rescale Type or Modality LUT Type; empty if the file does not say. */
  rescaleType: string
  /** The item with the Modality LUT, which stands in place of slope and intercept. */
  modalityLut: Dataset | null
  /** Of windows and a VOI LUT the first window is the file's own view. */
  windows: readonly Voi[]
  /** What the file calls them, one for each; empty where it does not. */
  windowNames: readonly string[]
  /** For the reader's windows too. */
  voiFunction: VoiFunction
  voiLut: Dataset | null
}

/** The windows of a data set that can be, and the function by which they are drawn. */
export function voiOf(voi: Dataset): Pick<Look, 'windows' | 'windowNames' | 'voiFunction'> {
  const name = text(voi, '00281056').toUpperCase() || 'LINEAR'
  const known = FUNCTIONS.find((one) => one === name)
  const found = known ? windowsOf(voi, known) : []
  const [windows, windowNames] = [
    found.map(({ name: _, ...one }) => one),
    found.map((one) => one.name),
  ]
  return { windows, windowNames, voiFunction: known && windows.length > 0 ? known : 'LINEAR' }
}

/** `transform` and `voi` are the frame's functional groups, or the data set itself. */
export function lookOf(ds: Dataset, transform: Dataset, voi: Dataset): Look {
  const forDisplay = !XRAY.has(text(ds, '00080016'))
  const modalityLut = (forDisplay && item(ds, '00283000')) || null
  const typed = modalityLut ? text(modalityLut, '00283004') : text(transform, '00281054')
  return {
    slope: (forDisplay && number(transform, '00281053')) || 1,
    intercept: (forDisplay && number(transform, '00281052')) || 0,
    rescaled: forDisplay && !modalityLut && number(transform, '00281053') !== null,
    rescaleType: typed.toUpperCase(),
    modalityLut,
    ...voiOf(voi),
    voiLut: item(voi, '00283010') ?? null,
  }
}

/** The linear function needs a width of 1 (C.11.2.1.2.1), the others a positive one. */
function windowsOf(ds: Dataset, name: VoiFunction): (Voi & { name: string })[] {
  const names = texts(ds, '00281055')
  const widths = numbers(ds, '00281051')
  return numbers(ds, '00281050').flatMap((center, i) => {
    const width = widths[i] ?? 0
    return width >= 1 || (width > 0 && name !== 'LINEAR')
      ? [{ center, width, name: names[i] ?? '' }]
      : []
  })
}

/** MONOCHROME1, or an INVERSE presentation: small values are bright. */
export const isInverted = (ds: Dataset, photometric: string): boolean =>
  photometric === 'MONOCHROME1' ||
  (photometric === 'MONOCHROME2' && text(ds, '20500020').toUpperCase() === 'INVERSE')
