/** The marks of one person on one image, as they are sent and stored. */
import type { Frame } from '../dicom/frame'
import type { Vec2 } from '../types'
import { KINDS } from './kinds'
import type { Mark } from './mark'
import { isMarkKind } from './names'

/** An image of a study; hospital and study are its key in the archive. */
export type ImageOf = { hospital: string; study: string; instance: string; frame: number }
export type ImageMarks = ImageOf & { marks: readonly Mark[] }
/** As somebody's page sends it, to be checked: of which study it is the room says. */
export type SentMarks = { hospital: string; study: string; payload: unknown }

export const LONGEST_TEXT = 60
const MOST_MARKS = 200
const MOST_POINTS = 200
/** No image is wider. */
const FARTHEST = 65536

export const imageOf = ({ instance, number }: Frame): ImageOf => ({
  hospital: instance.hospital,
  study: instance.study,
  instance: instance.uid,
  frame: number,
})

/** The same as `frameKey` of the frame. */
export const imageKey = ({ hospital, instance, frame }: ImageOf): string =>
  `${hospital}/${instance}/${frame}`

/** A hundredth of a pixel is finer than anybody points. */
export const rounded = (mark: Mark): Mark => ({
  ...mark,
  points: mark.points.map(([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100]),
})

export const payloadOf = ({ instance, frame, marks }: ImageMarks) => ({
  instance,
  frame,
  marks: marks.map(rounded),
})

/** Null unless it is of an image. Marks that this page does not understand are left out; the others stay. */
export function readMarks({ hospital, study, payload }: SentMarks): ImageMarks | null {
  if (!isRecord(payload)) return null
  const { instance, frame, marks } = payload
  if (typeof instance !== 'string' || typeof frame !== 'number' || !Array.isArray(marks))
    return null
  return { hospital, study, instance, frame, marks: marks.slice(0, MOST_MARKS).flatMap(markOf) }
}

function markOf(sent: unknown): Mark[] {
  if (!isRecord(sent)) return []
  const { id, kind, points, text } = sent
  if (typeof id !== 'string' || id === '' || id.length > 64) return []
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return []
  if (typeof kind !== 'string' || !isMarkKind(kind)) return []
  if (!Array.isArray(points) || !points.every(isPoint)) return []
  const { places } = KINDS[kind]
  const fits =
    places === null ? points.length > 2 && points.length <= MOST_POINTS : points.length === places
  return fits ? [{ id, kind, points, text }] : []
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isPoint = (value: unknown): value is Vec2 =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((one) => typeof one === 'number' && Math.abs(one) <= FARTHEST)
