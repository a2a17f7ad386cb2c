/** What the HTJ2K codec gives back is believed only after these checks: it never throws (codec-openjph 2.4). */
import type { Layout } from './wire'

type Said = { getIsHeaderValid?(): boolean; getLastErrorMessage?(): string }

/** Behind a bad header the codec keeps the picture it made before. */
export function refuseWhatItSays(decoder: Said): void {
  const said = decoder.getLastErrorMessage?.()
  if (decoder.getIsHeaderValid?.() === false || said) {
    throw new Error(`The compressed image cannot be decoded: ${said || 'bad header'}`)
  }
}

/** A stream cut behind its header decodes to a wrong picture, and signed 8-bit values come back as 0 to 255. */
export function refuseWhatItGetsWrong(bytes: Uint8Array, layout: Layout): void {
  const end = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length // padded to an even length
  if (bytes[end - 2] !== 0xff || bytes[end - 1] !== 0xd9) {
    throw new Error('The compressed image is cut off.')
  }
  if (layout.signed && layout.bitsAllocated <= 8) {
    throw new Error('Signed 8-bit images in HTJ2K cannot be shown.')
  }
}
