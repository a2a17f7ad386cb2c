/** A study opened in one answer (`/imaging/open`): its series, of one of them the images, and a preview of the middle one. */
import { allParts } from './decode/multipart'
import { ArchiveError, bySeriesNumber, hasPixels, imagesOf, thumbnailUrl } from './dicom/archive'
import type { Dataset } from './dicom/json'
import { type First, type Stack, stackOf } from './dicom/stack'
import type { Bytes } from './pack/pieces'
import type { SeriesRef, StudyRef } from './types'

type OpenedStudy = { series: SeriesRef[]; stack: Stack | null }
type Answer = {
  StudyDate: string
  StudyDescription: string
  series: {
    SeriesInstanceUID: string
    SeriesNumber: number | null
    Modality: string
    SeriesDescription: string
    instance_count: number
  }[]
  first?: {
    SeriesInstanceUID: string
    SOPInstanceUID: string
    frame: number
    pack: Pick<First, 'version' | 'position' | 'length'> | null
  }
}

const MULTIPART = 'multipart/related, application/json; q=0.5'

/** With `pictures` also the images of a series: of `series`, or else of the first one with pictures. */
export async function openStudy(
  study: StudyRef,
  pictures: { series: string | null } | null,
  signal: AbortSignal | null,
): Promise<OpenedStudy> {
  const query = new URLSearchParams({ hospital: study.hospital })
  if (pictures?.series) query.set('series', pictures.series)
  const unzips = typeof DecompressionStream !== 'undefined' // Safari has it from 16.4 on
  const response = await fetch(`${study.imaging}/open/${study.uid}?${query}`, {
    headers: { Accept: pictures && unzips ? MULTIPART : 'application/json' },
    signal,
  })
  if (!response.ok) throw new ArchiveError(response.status)
  const type = response.headers.get('Content-Type') ?? ''
  const bytes = new Uint8Array(await response.arrayBuffer())
  const [head, list, picture] = type.startsWith('multipart/') ? allParts(bytes, type) : [bytes]
  const said = JSON.parse(new TextDecoder().decode(head)) as Answer
  const stack = said.first && list ? await stackFrom(study, said.first, list, picture) : null
  return { series: seriesIn(study, said), stack }
}

const seriesIn = (study: StudyRef, said: Answer): SeriesRef[] =>
  said.series
    .map((one) => ({
      hospital: study.hospital,
      study: study.uid,
      uid: one.SeriesInstanceUID,
      number: one.SeriesNumber,
      modality: one.Modality,
      description: one.SeriesDescription,
      instances: one.instance_count,
      hasPixels: hasPixels(one.Modality),
      studyDate: said.StudyDate,
      studyDescription: said.StudyDescription,
      thumbnail: thumbnailUrl(study, one.SeriesInstanceUID),
    }))
    .sort(bySeriesNumber)

async function stackFrom(
  study: StudyRef,
  said: NonNullable<Answer['first']>,
  list: Bytes,
  picture: Bytes | undefined,
): Promise<Stack> {
  const plain = new Blob([list]).stream().pipeThrough(new DecompressionStream('gzip'))
  const images = imagesOf(study, (await new Response(plain).json()) as Dataset[])
  const stack = stackOf(study.hospital, study.uid, said.SeriesInstanceUID, images)
  const { SOPInstanceUID: instance, frame, pack } = said
  return picture && pack
    ? { ...stack, first: { instance, frame, stream: picture, ...pack } }
    : stack
}

/** How long a list that came with its study may be shown as it is. */
const KEPT_MS = 30_000
type Kept = { study: StudyRef; stack: Stack; since: number }
let kept: Kept | null = null

/** Opens a study whose pictures are to be shown next: `takeStack` then has the first series that has any. */
export async function openToShow(
  study: StudyRef,
  signal: AbortSignal | null,
): Promise<SeriesRef[]> {
  const since = Date.now()
  const { series, stack } = await openStudy(study, { series: null }, signal)
  if (stack) kept = { study, stack, since }
  return series
}

/** The images of a series that came when its study was opened; only once, and only if nothing has changed since. */
export function takeStack(study: StudyRef, series: string): Stack | null {
  if (!kept || kept.stack.series !== series || !sameStudy(kept.study, study)) return null
  const { stack, since } = kept
  kept = null
  return Date.now() - since < KEPT_MS ? stack : null
}

/** Also of the same sign-in, which the address contains, so nobody gets what another person has read. */
export const sameStudy = (a: StudyRef, b: StudyRef): boolean =>
  a.hospital === b.hospital &&
  a.uid === b.uid &&
  a.dicomweb === b.dicomweb &&
  a.received === b.received
