/** Checks around the HTJ2K codec, which never throws, even for damaged data (codec-openjph 2.4). */
import type { Layout } from './wire'

type Said = { getIsHeaderValid?(): boolean; getLastErrorMessage?(): string }

/** Throws if the header is bad; the codec would return the previous picture. */
export function checkHeader(decoder: Said): void {
  const said = decoder.getLastErrorMessage?.()
  if (decoder.getIsHeaderValid?.() === false || said) {
    throw new Error(`The compressed image cannot be decoded: ${said || 'bad header'}`)
  }
}

/** The stream as it is; throws for what the codec decodes wrongly: a stream cut after its header, and signed 8-bit values. */
export function checked(bytes: Uint8Array, layout: Layout): Uint8Array {
  const end = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length // padded to an even length
  if (bytes[end - 2] !== 0xff || bytes[end - 1] !== 0xd9) {
    throw new Error('The compressed image is cut off.')
  }
  if (layout.signed && layout.bitsAllocated <= 8) {
    throw new Error('Signed 8-bit images in HTJ2K cannot be shown.')
  }
  return bytes
}
