/** The way out for a picture that the painter refuses: the archive's own, where that does not refuse it too. */
import { FrameError } from './decode/pool'
import type { Pixels } from './decode/wire'
import { renderedUrl } from './dicom/archive'
import type { Frame } from './dicom/frame'
import type { StudyRef } from './types'

/** Throws `refusal` again if it is the network's, or if the archive draws no picture either. */
export async function byArchive(
  study: StudyRef,
  frame: Frame,
  refusal: Error,
  signal: AbortSignal,
): Promise<Pixels> {
  const passing = refusal instanceof FrameError && refusal.status !== null
  if (passing || signal.aborted) throw refusal
  const rgba = await drawn(renderedUrl(study, frame.instance, frame.number), frame, signal).catch(
    () => null,
  )
  if (!rgba) throw refusal
  return { rgba, byArchive: true }
}

async function drawn(
  url: string,
  { instance: { rows, columns } }: Frame,
  signal: AbortSignal,
): Promise<Uint8ClampedArray | null> {
  const answer = await fetch(url, { headers: { Accept: 'image/png' }, signal })
  if (!answer.ok) return null
  const picture = await createImageBitmap(await answer.blob(), { colorSpaceConversion: 'none' })
  if (picture.width !== columns || picture.height !== rows) return null
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  const context = canvas.getContext('2d')
  context?.drawImage(picture, 0, 0)
  return context?.getImageData(0, 0, columns, rows).data ?? null
}
