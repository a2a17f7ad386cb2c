/** Reads the electrocardiograms of a series from the archive. */
import { bulkUrl, metadataOf } from '../dicom/archive'
import { type Dataset, text } from '../dicom/json'
import type { StudyRef } from '../types'
import { type Group, groupsOf, type Recording, recordingOf, type WhyNot } from './recording'

export type Ecg = { ds: Dataset; series: string; groups: readonly Group[] }

export async function ecgsOf(study: StudyRef, series: string, signal: AbortSignal): Promise<Ecg[]> {
  const found = await metadataOf(study, series, signal)
  return found
    .map((ds) => ({ ds, series: text(ds, '0020000E'), groups: groupsOf(ds) }))
    .sort((a, b) => text(a.ds, '00080032').localeCompare(text(b.ds, '00080032')))
}

export async function read(
  study: StudyRef,
  { series }: Ecg,
  group: Group,
  signal: AbortSignal,
): Promise<Recording | { refused: WhyNot }> {
  const { data } = group
  if (data?.InlineBinary !== undefined)
    return recordingOf(
      group,
      Uint8Array.from(atob(data.InlineBinary), (c) => c.charCodeAt(0)),
    )
  if (data?.BulkDataURI === undefined) return { refused: 'none' }
  const answer = await fetch(bulkUrl(study, { series }, data.BulkDataURI), {
    headers: { Accept: 'application/octet-stream' },
    signal,
  })
  if (!answer.ok) throw new Error(`The archive answered ${answer.status}.`)
  return recordingOf(group, new Uint8Array(await answer.arrayBuffer()))
}
