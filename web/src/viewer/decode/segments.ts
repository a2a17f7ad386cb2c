/** Segmented palettes (PS3.3 C.7.9.2) written out. */

const DISCRETE = 0
const LINEAR = 1
const INDIRECT = 2
const LARGEST = 0x10000

/** The entries of a table of segments, whose words are `width` bytes, little endian. Throws for a damaged one. */
export function expanded(bytes: Uint8Array, width: 1 | 2): Uint16Array {
  const words =
    width === 1
      ? Uint16Array.from(bytes)
      : new Uint16Array(bytes.slice(0, bytes.length & ~1).buffer)
  const out: number[] = []
  for (let at = 0; at + 2 < words.length && out.length <= LARGEST; ) {
    if (words[at] !== INDIRECT) {
      at = segment(words, at, out)
      continue
    }
    // The place of segments to repeat, in bytes, and how many they are.
    const place = new DataView(bytes.buffer, bytes.byteOffset).getUint32((at + 2) * width, true)
    let from = place / width
    for (let left = words[at + 1] ?? 0; left > 0 && out.length <= LARGEST; left--) {
      from = segment(words, from, out)
    }
    at += 2 + 4 / width
  }
  return Uint16Array.from(out)
}

/** Adds a discrete or linear segment to `out`, and answers where the next one begins. */
function segment(words: Uint16Array, at: number, out: number[]): number {
  const [code, length = 0, end = 0] = words.subarray(at, at + 3)
  const last = out.at(-1)
  if (code === DISCRETE && length) {
    for (const word of words.subarray(at + 2, at + 2 + length)) out.push(word)
    return at + 2 + length
  }
  if (code !== LINEAR || !length || last === undefined) throw new Error('The palette is damaged.')
  for (let i = 1; i <= length; i++) out.push(Math.round(last + ((end - last) * i) / length))
  return at + 3
}
