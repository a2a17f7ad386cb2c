/** RGB in JPEG: the library takes three components for YBR where no marker says otherwise. */
import type { Layout } from './wire'

const APP0 = 0xe0
const APP14 = 0xee
const SCAN = 0xda
/** Adobe's marker with transform 0: the components are as they are. */
const AS_THEY_ARE = [0xff, APP14, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0]

/** The stream with a marker that says RGB, where the header says so and the stream says nothing. */
export function marked(bytes: Uint8Array, { samples, photometric }: Layout): Uint8Array {
  if (samples !== 3 || photometric !== 'RGB' || saysItself(bytes)) return bytes
  const out = new Uint8Array(bytes.length + AS_THEY_ARE.length)
  out.set(bytes.subarray(0, 2))
  out.set(AS_THEY_ARE, 2)
  out.set(bytes.subarray(2), 2 + AS_THEY_ARE.length)
  return out
}

/** Whether it has a marker of JFIF, which is YBR, or of Adobe, which says what it is. */
function saysItself(bytes: Uint8Array): boolean {
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? SCAN
    if (marker === SCAN) return false
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 9))
    if (marker === APP0 && name.startsWith('JFIF')) return true
    if (marker === APP14 && name === 'Adobe') return true
    at += 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0)
  }
  return false
}
