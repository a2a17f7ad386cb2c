/** Presentation states as the archive tells them; what the viewer cannot apply whole is refused by name. */
import { FrameError } from '../decode/pool'
import type { Table } from '../decode/wire'
import { metadataOf } from '../dicom/archive'
import { type Dataset, item, items, number, numbers, personName, text } from '../dicom/json'
import { voiOf } from '../dicom/look'
import { tableOf } from '../tables'
import type { StudyRef, Vec2 } from '../types'
import { annotationsOf } from './annotations'
import type { Area, Images, Presentation, Refusal, Shutter, VoiPart } from './state'

const GRAYSCALE = '1.2.840.10008.5.1.4.1.1.11.1'
const GROUPS = Array.from({ length: 16 }, (_, i) => (0x6000 + 2 * i).toString(16).toUpperCase())

/** The states of a series that holds such. */
export async function presentationsIn(
  study: StudyRef,
  series: string,
  signal: AbortSignal | null,
): Promise<Presentation[]> {
  const found = await metadataOf(study, series, signal)
  return Promise.all(found.map((ds) => presentationOf(study, ds)))
}

async function presentationOf(study: StudyRef, ds: Dataset): Promise<Presentation> {
  const said = plainly(study, ds)
  if (said.refused) return said
  try {
    const place = { series: text(ds, '0020000E') }
    const modality = item(ds, '00283000')
    return {
      ...said,
      modality: modality ? await tableOf(study, place, modality) : null,
      vois: await Promise.all(
        items(ds, '00283110').map((part) => voiPart(part, (lut) => tableOf(study, place, lut))),
      ),
      areas: items(ds, '0070005A').map(areaOf),
      shutter: shutterOf(ds),
      annotations: items(ds, '00700001').map((part) => ({
        on: imagesIn(part),
        ...annotationsOf(part),
      })),
    }
  } catch (error) {
    if (error instanceof FrameError) throw error // of the network, and not of the state
    return { ...said, refused: 'damaged' }
  }
}

/** All that stands in the state itself; its tables, areas and drawings are still to be read. */
function plainly(study: StudyRef, ds: Dataset): Presentation {
  const series = items(ds, '00081115')
  const turned = number(ds, '00700042') ?? 0
  const flipped = text(ds, '00700041') === 'Y'
  const quarters = turned / 90
  return {
    hospital: study.hospital,
    study: study.uid,
    uid: text(ds, '00080018'),
    name: text(ds, '00700081') || text(ds, '00700080') || text(ds, '00080018'),
    by: personName(ds, '00700084'),
    created: text(ds, '00700082') + text(ds, '00700083'),
    refused: refusalOf(ds),
    series: new Set(series.map((one) => text(one, '0020000E'))),
    images: new Map(series.flatMap((one) => [...(imagesIn(one) ?? [])])),
    slope: number(ds, '00281053') || 1,
    intercept: number(ds, '00281052') ?? 0,
    modality: null,
    vois: [],
    areas: [],
    // The file turns first and flips then (C.10.6), the viewer flips first.
    turns: ((flipped ? 4 - quarters : quarters) % 4) as Presentation['turns'],
    flipped,
    inverted: text(ds, '20500020') === 'INVERSE',
    shutter: null,
    overlays: GROUPS.filter((group) => text(ds, `${group}1001`) !== ''),
    annotations: [],
  }
}

function refusalOf(ds: Dataset): Refusal | null {
  if (text(ds, '00080016') !== GRAYSCALE) return 'kind'
  if (ds['00286100']) return 'mask'
  if (shapesOf(ds).includes('BITMAP')) return 'shutter'
  if (GROUPS.some((group) => ds[`${group}3000`])) return 'overlay'
  if (ds['20500010']) return 'table'
  if (items(ds, '0070005A').some((area) => text(area, '00700100') !== 'SCALE TO FIT')) return 'size'
  if (items(ds, '00700001').some((one) => one['00700209'])) return 'graphic'
  if (!['IDENTITY', 'INVERSE'].includes(text(ds, '20500020'))) return 'damaged'
  return [0, 90, 180, 270].includes(number(ds, '00700042') ?? 0) ? null : 'damaged'
}

/** Referenced Image Sequence; null where there is none. */
function imagesIn(ds: Dataset): Images | null {
  const found = items(ds, '00081140')
  if (found.length === 0) return null
  return new Map(
    found.map((one) => {
      const frames = numbers(one, '00081160')
      return [text(one, '00081155'), frames.length > 0 ? new Set(frames) : null]
    }),
  )
}

async function voiPart(ds: Dataset, read: (lut: Dataset) => Promise<Table>): Promise<VoiPart> {
  const lut = item(ds, '00283010')
  const table = lut ? await read(lut) : null
  const voi = voiOf(ds)
  if (!table && voi.windows.length === 0) throw new Error('A part of the brightness is missing.')
  return { on: imagesIn(ds), ...voi, table }
}

function areaOf(ds: Dataset): Area {
  const [left, top] = numbers(ds, '00700052')
  const [right, bottom] = numbers(ds, '00700053')
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) {
    throw new Error('The displayed area has no corners.')
  }
  const [down, along] = numbers(ds, '00700101')
  const [high, wide] = numbers(ds, '00700102')
  const aspect = down && along ? down / along : high && wide ? high / wide : null
  return {
    on: imagesIn(ds),
    corners: [
      [left, top],
      [right, bottom],
    ],
    aspect,
  }
}

const shapesOf = (ds: Dataset): string[] =>
  (ds['00181600']?.Value ?? []).map((shape) => String(shape).trim())

function shutterOf(ds: Dataset): Shutter | null {
  const shapes = shapesOf(ds)
  if (shapes.length === 0) return null
  const of = (tag: string): number => {
    const found = number(ds, tag)
    if (found === null) throw new Error('The shutter lacks an edge.')
    return found
  }
  const [row, column] = numbers(ds, '00181610')
  const ends = numbers(ds, '00181620')
  const polygon = Array.from(
    { length: ends.length / 2 },
    (_, i): Vec2 => [ends[2 * i] ?? 0, ends[2 * i + 1] ?? 0],
  )
  if (shapes.includes('CIRCULAR') && (row === undefined || column === undefined)) {
    throw new Error('The shutter has no middle.')
  }
  if (shapes.includes('POLYGONAL') && polygon.length < 3) throw new Error('The shutter is no area.')
  return {
    rectangle: shapes.includes('RECTANGULAR')
      ? {
          left: of('00181602'),
          right: of('00181604'),
          top: of('00181606'),
          bottom: of('00181608'),
        }
      : null,
    circle: shapes.includes('CIRCULAR')
      ? { row: row ?? 0, column: column ?? 0, radius: of('00181612') }
      : null,
    polygon: shapes.includes('POLYGONAL') ? polygon : null,
    grey: Math.round(((number(ds, '00181622') ?? 0) / 0xffff) * 255),
  }
}
