/** What a pack of a series contains: the head of the answer to `/imaging/preview` (docs/dicom-conformance.md). */
import type { Stack } from '../dicom/stack'
import type { Pieces } from './pieces'

const FORMAT = 'TMPACK01'

export type Contents = {
  version: string
  /** SOP Instance UIDs. */
  instances: readonly string[]
  /** Of each frame: its instance in the list, its number, its length (0: not here), of that the preview. */
  frames: readonly (readonly [number, number, number, number])[]
  /** The frames in the order of the previews that follow. */
  previews: readonly number[]
}

/** A frame of the stack in the pack. */
export type Place = { position: number; length: number; preview: number }

export async function readContents(pieces: Pieces): Promise<Contents> {
  const head = await pieces.next(FORMAT.length + 4)
  if (new TextDecoder().decode(head.subarray(0, FORMAT.length)) !== FORMAT) {
    throw new Error('The previews are of an unknown format.')
  }
  const length = new DataView(head.buffer).getUint32(FORMAT.length, true)
  return JSON.parse(new TextDecoder().decode(await pieces.next(length))) as Contents
}

/** Where each frame of the stack is in the pack; undefined for one that is not. */
export function placesIn(contents: Contents, stack: Stack): (Place | undefined)[] {
  const found = new Map<string, Place>()
  contents.frames.forEach(([instance, number, length, preview], position) => {
    if (length)
      found.set(`${contents.instances[instance]}/${number}`, { position, length, preview })
  })
  return stack.frames.map((frame) => found.get(`${frame.instance.uid}/${frame.number}`))
}
