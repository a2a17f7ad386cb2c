/** The values of an image: its stored ones after the modality LUT, with their unit; of PET where possible the SUV. */
import type { Frame } from '../dicom/frame'
import { text } from '../dicom/json'
import { modalityValue } from '../view/voi'
import type { Measured, Unit } from './mark'
import { suvFactor } from './suv'

const CT = '1.2.840.10008.5.1.4.1.1.2'
const PET = '1.2.840.10008.5.1.4.1.1.128'

/** Rescale Type and Modality LUT Type (PS3.3 C.11.1.1.2); others are shown as they are written. */
const RESCALED: Record<string, string> = {
  US: '',
  OD: '×10⁻³ OD',
  MGML: 'mg/ml',
  PCT: '%',
}

/** Units of PET (PS3.3 C.8.9.1.1.3). */
const PET_UNITS: Record<string, string> = {
  BQML: 'Bq/ml',
  CM2: 'cm²',
  PCNT: '%',
  NONE: '',
}

function petUnit(frame: Frame): { unit: Unit; factor: number } {
  const { ds } = frame.instance
  const units = text(ds, '00541001').toUpperCase()
  // Of GML the type of SUV is body weight unless another is named (C.8.9.1.1.3).
  if (units === 'GML') {
    const type = text(ds, '00541006').toUpperCase() || 'BW'
    return { unit: { symbol: type === 'BW' ? 'SUVbw' : `SUV ${type}`, noSuv: null }, factor: 1 }
  }
  const factor = suvFactor(ds)
  if (typeof factor === 'number') return { unit: { symbol: 'SUVbw', noSuv: null }, factor }
  return { unit: { symbol: PET_UNITS[units] ?? units, noSuv: factor }, factor: 1 }
}

/** The unit of a frame's values, and by what they are multiplied for it. */
export function unitOf(frame: Frame): { unit: Unit; factor: number } {
  const { ds } = frame.instance
  const sopClass = text(ds, '00080016')
  if (sopClass === PET) return petUnit(frame)
  const { rescaleType: type } = frame
  const plain = (symbol: string | null) => ({ unit: { symbol, noSuv: null }, factor: 1 })
  if (type) return plain(RESCALED[type] ?? type)
  if (sopClass === CT && frame.rescaled) return plain('HU') // C.8.2.1.1.5
  return plain(frame.rescaled || frame.modalityLut ? '' : null)
}

/** Reads the value of a pixel by its number; null of padding. There is none for colours and for previews. */
export function readerOf({
  frame,
  pixels,
}: Measured): { unit: Unit; at: (pixel: number) => number | null } | null {
  if (!('grey' in pixels) || pixels.preview || pixels.byArchive) return null
  const { unit, factor } = unitOf(frame)
  const { padding } = frame.instance
  const value = modalityValue(frame, pixels)
  const { grey } = pixels
  return {
    unit,
    at: (pixel) => {
      const stored = grey[pixel]
      if (stored === undefined) return null
      if (padding && stored >= padding.from && stored <= padding.to) return null
      return value(stored) * factor
    },
  }
}
