/** Take the parts out of a multipart/related answer (RFC 2046, PS3.18 §8.6). */

export type Part = { body: Uint8Array; transferSyntax: string; mediaType: string }

/** A parameter of a media type, quoted or not. */
export function parameter(type: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(type)
  return found ? (found[1] ?? found[2] ?? null) : null
}

function find(all: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0
  for (let at = all.indexOf(first, from); at >= 0; at = all.indexOf(first, at + 1)) {
    let i = 1
    while (i < wanted.length && all[at + i] === wanted[i]) i++
    if (i === wanted.length) return at
  }
  return -1
}

const ascii = new TextEncoder()
const BLANK_LINE = ascii.encode('\r\n\r\n')
const HYPHEN = 45

export function firstPart(all: Uint8Array, contentType: string): Part {
  const boundary = parameter(contentType, 'boundary')
  if (boundary === null) return described(contentType, all)
  const start = find(all, ascii.encode(`--${boundary}\r\n`), 0)
  const blank = start < 0 ? -1 : find(all, BLANK_LINE, start)
  // Search from the end, because the compressed bytes before it are long.
  const close = ascii.encode(`\r\n--${boundary}`)
  const end = blank < 0 ? -1 : find(all, close, lastPossible(all, blank + 4, close.length))
  const stop = end < 0 && blank >= 0 ? find(all, close, blank + 4) : end
  if (start < 0 || blank < 0 || stop < 0) throw new Error('The answer is not whole.')
  const head = new TextDecoder('latin1').decode(all.subarray(start, blank))
  const type = /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim() ?? ''
  return described(type, all.subarray(blank + 4, stop))
}

/** The end of the single part, near the end of the answer. */
const lastPossible = (all: Uint8Array, bodyStart: number, closing: number): number =>
  Math.max(bodyStart, all.length - closing - 64)

const described = (type: string, body: Uint8Array): Part => ({
  body,
  transferSyntax: parameter(type, 'transfer-syntax') ?? '1.2.840.10008.1.2.1',
  mediaType: type.split(';')[0]?.trim().toLowerCase() ?? '',
})

/** The bodies of all parts of a short answer. */
export function allParts(
  all: Uint8Array<ArrayBuffer>,
  contentType: string,
): Uint8Array<ArrayBuffer>[] {
  const border = ascii.encode(`--${parameter(contentType, 'boundary') ?? ''}`)
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let start = find(all, border, 0); ; ) {
    const blank = start < 0 ? -1 : find(all, BLANK_LINE, start)
    const next = start < 0 ? -1 : find(all, border, start + border.length)
    if (start >= 0 && next < 0 && all[start + border.length] === HYPHEN) return parts
    if (blank < 0 || next < 0) throw new Error('The answer is not whole.')
    parts.push(all.slice(blank + 4, next - 2))
    start = next
  }
}
