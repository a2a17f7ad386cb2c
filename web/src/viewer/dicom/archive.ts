/** Ask a DICOMweb archive for the series of a study, their metadata, and the addresses of pixels. */
import type { SeriesRef, StudyRef } from '../types'
import { type Instance, instanceOf } from './frame'
import { type Dataset, number, text } from './json'
import { type Stack, stackOf } from './stack'

export const hasPixels = (modality: string): boolean => !WITHOUT_PIXELS.has(modality)
const WITHOUT_PIXELS = new Set([
  'SR',
  'PR',
  'KO',
  'DOC',
  'RTSTRUCT',
  'RTPLAN',
  'REG',
  'AU',
  'ECG',
  'HD',
])

export class ArchiveError extends Error {
  constructor(readonly status: number) {
    super(`The archive answered ${status}.`)
  }
}

async function ask(url: string, signal: AbortSignal | null): Promise<Dataset[]> {
  const response = await fetch(url, { headers: { Accept: 'application/dicom+json' }, signal })
  if (response.status === 204) return []
  if (!response.ok) throw new ArchiveError(response.status)
  return (await response.json()) as Dataset[]
}

const root = (study: StudyRef): string =>
  `${new URL(study.dicomweb, window.location.href).href.replace(/\/$/, '')}/studies/${study.uid}`

const hospital = (study: StudyRef): string => `hospital=${encodeURIComponent(study.hospital)}`

export async function seriesOf(study: StudyRef, signal: AbortSignal | null): Promise<SeriesRef[]> {
  const found = await ask(
    `${root(study)}/series?${hospital(study)}&includefield=0008103E&includefield=00080020&includefield=00081030`,
    signal,
  )
  return found
    .map((ds) => {
      const uid = text(ds, '0020000E')
      const modality = text(ds, '00080060')
      return {
        hospital: study.hospital,
        study: study.uid,
        uid,
        number: number(ds, '00200011'),
        modality,
        description: text(ds, '0008103E'),
        instances: number(ds, '00201209') ?? 0,
        hasPixels: hasPixels(modality),
        studyDate: text(ds, '00080020'),
        studyDescription: text(ds, '00081030'),
        thumbnail: thumbnailUrl(study, uid),
      }
    })
    .sort(bySeriesNumber)
}

export const bySeriesNumber = (a: SeriesRef, b: SeriesRef): number =>
  (a.number ?? 1e9) - (b.number ?? 1e9) || a.uid.localeCompare(b.uid)

export const thumbnailUrl = (study: StudyRef, series: string): string =>
  `${root(study)}/series/${series}/thumbnail?${hospital(study)}`

export const metadataOf = (
  study: StudyRef,
  series: string,
  signal: AbortSignal | null,
): Promise<Dataset[]> => ask(`${root(study)}/series/${series}/metadata?${hospital(study)}`, signal)

export async function loadStack(
  study: StudyRef,
  series: string,
  signal: AbortSignal | null,
): Promise<Stack> {
  const images = imagesOf(study, await metadataOf(study, series, signal))
  return stackOf(study.hospital, study.uid, series, images)
}

export const imagesOf = (study: StudyRef, found: Dataset[]): Instance[] =>
  found.map((ds) => instanceOf(study.hospital, ds)).filter((one): one is Instance => one !== null)

export const frameUrl = (study: StudyRef, instance: Instance, frame: number): string =>
  `${root(study)}/series/${instance.series}/instances/${instance.uid}/frames/${frame}?${hospital(study)}`

/** The archive's own picture of a frame. */
export const renderedUrl = (study: StudyRef, instance: Instance, frame: number): string =>
  `${root(study)}/series/${instance.series}/instances/${instance.uid}/frames/${frame}/rendered?${hospital(study)}`

/** The previews of a series, or frames of its pack. */
export const packUrl = (study: StudyRef, stack: Stack, what: 'preview' | 'frames'): string =>
  `${study.imaging}/${what}/${study.uid}/${stack.series}?${hospital(study)}`

/** Where a bulk value lives: the address is relative to the metadata that named it. */
export const bulkUrl = (study: StudyRef, instance: Pick<Instance, 'series'>, uri: string): string =>
  new URL(uri, `${root(study)}/series/${instance.series}/metadata`).href
