/** Graphics and texts of a presentation state (PS3.3 C.10.5). */
import { type Dataset, items, number, numbers, text } from '../dicom/json'
import type { Vec2 } from '../types'
import type { Graphic, Note, Units } from './state'

const KINDS = ['POINT', 'POLYLINE', 'INTERPOLATED', 'CIRCLE', 'ELLIPSE'] as const
/** How many points a figure has at least. */
const LEAST = { POINT: 1, POLYLINE: 2, INTERPOLATED: 2, CIRCLE: 2, ELLIPSE: 4 } as const
const ALIGNS = { LEFT: 'left', CENTER: 'center', RIGHT: 'right' } as const

/** Throws for what the standard does not know, or what is not all there. */
export function annotationsOf(ds: Dataset): { graphics: Graphic[]; notes: Note[] } {
  return {
    graphics: items(ds, '00700009').map(graphicOf),
    notes: items(ds, '00700008').map(noteOf),
  }
}

function unitsOf(ds: Dataset, tag: string): Units {
  const said = text(ds, tag)
  if (said !== 'PIXEL' && said !== 'DISPLAY')
    throw new Error(`Points in ${said} have no place here.`)
  return said
}

function pointOf(ds: Dataset, tag: string): Vec2 {
  const [x, y] = numbers(ds, tag)
  if (x === undefined || y === undefined) throw new Error('A point of the drawing is missing.')
  return [x, y]
}

function graphicOf(ds: Dataset): Graphic {
  const said = text(ds, '00700023')
  const kind = KINDS.find((one) => one === said)
  const data = numbers(ds, '00700022')
  if (!kind || number(ds, '00700020') !== 2 || data.length < 2 * LEAST[kind] || data.length % 2) {
    throw new Error('A figure of the drawing is not known, or not all there.')
  }
  const points = Array.from(
    { length: data.length / 2 },
    (_, i): Vec2 => [data[2 * i] ?? 0, data[2 * i + 1] ?? 0],
  )
  return { kind, units: unitsOf(ds, '00700005'), points, filled: text(ds, '00700024') === 'Y' }
}

function noteOf(ds: Dataset): Note {
  const boxed = ds['00700010'] !== undefined
  const anchored = ds['00700014'] !== undefined
  if (!boxed && !anchored) throw new Error('A text of the drawing has no place.')
  const justified = text(ds, '00700012')
  return {
    text: text(ds, '00700006').replaceAll('\r\n', '\n').replaceAll('\r', '\n'),
    box: boxed
      ? {
          units: unitsOf(ds, '00700003'),
          corners: [pointOf(ds, '00700010'), pointOf(ds, '00700011')],
          align: justified in ALIGNS ? ALIGNS[justified as keyof typeof ALIGNS] : 'left',
        }
      : null,
    anchor: anchored
      ? {
          units: unitsOf(ds, '00700004'),
          at: pointOf(ds, '00700014'),
          visible: text(ds, '00700015') === 'Y',
        }
      : null,
  }
}
