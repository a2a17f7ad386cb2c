/** The compressed transfer syntaxes: each codec is WebAssembly, fetched when the first frame needs it. */
import type { Samples } from './colour'
import { checked, checkHeader } from './htj2k'
import { marked } from './jpeg'
import type { GreyValues, Layout } from './wire'

type Shape = {
  width: number
  height: number
  bitsPerSample: number
  componentCount: number
  isSigned?: boolean
}
type Decoder = {
  getEncodedBuffer(size: number): Uint8Array
  getDecodedBuffer(): Uint8Array
  getFrameInfo(): Shape
  decode(): void
  readHeader?(): void
  decodeSubResolution?(level: number): void
  calculateSizeAtDecompositionLevel?(level: number): { width: number; height: number }
  getInterleaveMode?(): number
  getIsHeaderValid?(): boolean
  getLastErrorMessage?(): string
}
type Codec = {
  make: () => Decoder
  colours: (photometric: string) => string
  /** The stream as the codec wants it; throws for what the codec decodes wrongly. */
  before?: (bytes: Uint8Array, layout: Layout) => Uint8Array
  after?: (decoder: Decoder) => void
}

async function loaded(
  module: Promise<{
    default: (o: {
      locateFile: (n: string) => string
    }) => Promise<Record<string, new () => unknown>>
  }>,
  wasm: Promise<{ default: string }>,
  name: string,
): Promise<() => Decoder> {
  const [{ default: factory }, { default: url }] = await Promise.all([module, wasm])
  const instance = await factory({ locateFile: (file) => (file.endsWith('.wasm') ? url : file) })
  const Made = instance[name]
  if (!Made) throw new Error(`The codec has no ${name}.`)
  return () => new Made() as Decoder
}

/** The colour space after decoding JPEG 2000, which undoes its own transforms; YBR_FULL stays. */
const afterWavelet = (photometric: string) =>
  photometric === 'YBR_RCT' || photometric === 'YBR_ICT' ? 'RGB' : photometric
const kept = (photometric: string) => photometric
/** The JPEG library always returns RGB. */
const alwaysRgb = () => 'RGB'

const FAMILIES = {
  jpeg: async (): Promise<Codec> => ({
    make: await loaded(
      import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
      import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url'),
      'JPEGDecoder',
    ),
    colours: alwaysRgb,
    before: marked,
  }),
  jpegls: async (): Promise<Codec> => ({
    make: await loaded(
      import('@cornerstonejs/codec-charls/decodewasmjs'),
      import('@cornerstonejs/codec-charls/decodewasm?url'),
      'JpegLSDecoder',
    ),
    colours: kept,
  }),
  jpeg2000: async (): Promise<Codec> => ({
    make: await loaded(
      import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
      import('@cornerstonejs/codec-openjpeg/decodewasm?url'),
      'J2KDecoder',
    ),
    colours: afterWavelet,
  }),
  htj2k: async (): Promise<Codec> => ({
    make: await loaded(
      import('@cornerstonejs/codec-openjph/wasmjs'),
      import('@cornerstonejs/codec-openjph/wasm?url'),
      'HTJ2KDecoder',
    ),
    colours: afterWavelet,
    before: checked,
    after: checkHeader,
  }),
} as const
type Family = keyof typeof FAMILIES

/** PS3.6 table A-1, after 1.2.840.10008.1.2. */
const SYNTAXES: Record<string, Family> = {
  '4.50': 'jpeg',
  '4.80': 'jpegls',
  '4.81': 'jpegls',
  '4.90': 'jpeg2000',
  '4.91': 'jpeg2000',
  '4.201': 'htj2k',
  '4.202': 'htj2k',
  '4.203': 'htj2k',
}
const JPEG_LOSSLESS = new Set(['4.57', '4.70'])
const suffix = (transferSyntax: string) => transferSyntax.replace('1.2.840.10008.1.2.', '')

export const isCompressed = (transferSyntax: string): boolean =>
  suffix(transferSyntax) in SYNTAXES || JPEG_LOSSLESS.has(suffix(transferSyntax))

/** Whether its codec undoes colour transforms of its own. */
export const isWavelet = (transferSyntax: string): boolean =>
  ['jpeg2000', 'htj2k'].includes(SYNTAXES[suffix(transferSyntax)] ?? '')

/** A codec's script or WebAssembly could not be loaded; the image itself may be fine. */
export class CodecUnavailable extends Error {}
const unavailable = (error: Error): never => {
  throw new CodecUnavailable(error.message)
}

const codecs = new Map<Family, Promise<Codec>>()

async function codecOf(family: Family): Promise<Codec> {
  const loading = codecs.get(family) ?? FAMILIES[family]()
  codecs.set(family, loading)
  return loading.catch((error: Error) => {
    codecs.delete(family)
    return unavailable(error)
  })
}

/** Fetches the codec of packs, which most frames come from. If it fails, the first frame that needs it tries again. */
export const prepare = (): Promise<unknown> => codecOf('htj2k').catch(() => undefined)

export async function decompress(
  bytes: Uint8Array,
  transferSyntax: string,
  layout: Layout,
  small = false,
): Promise<Samples> {
  if (JPEG_LOSSLESS.has(suffix(transferSyntax))) return jpegLossless(bytes, layout)
  const family = SYNTAXES[suffix(transferSyntax)]
  if (!family) throw new Error(`The transfer syntax ${transferSyntax} is unknown.`)
  const codec = await codecOf(family)
  return small ? decodeSmall(codec, bytes, layout) : decode(codec, bytes, layout)
}

/** How often a preview is halved: to a quarter of the rows and of the columns. */
const HALVED = 2

/** The beginning of an HTJ2K codestream, whose end nothing marks: its length is what the archive said it is. */
function decodeSmall(codec: Codec, bytes: Uint8Array, layout: Layout): Samples {
  const decoder = codec.make() as Decoder & { delete?: () => void }
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.readHeader?.()
    codec.after?.(decoder)
    decoder.decodeSubResolution?.(HALVED)
    codec.after?.(decoder)
    const shape = decoder.getFrameInfo() // of the picture in full
    const size = decoder.calculateSizeAtDecompositionLevel?.(HALVED)
    if (!size || shape.width !== layout.columns || shape.height !== layout.rows) {
      throw new Error('The compressed image has another size than its header says.')
    }
    const own = decoder.getDecodedBuffer().slice()
    const signed = shape.isSigned ?? layout.signed
    const values = typed(own, shape.bitsPerSample, signed, layout.signed)
    if (values.length !== size.width * size.height) {
      throw new Error('The preview has another size than it says.')
    }
    const preview = { rows: size.height, columns: size.width, halved: HALVED }
    return { values, planar: false, photometric: layout.photometric, preview }
  } finally {
    decoder.delete?.()
  }
}

function decode(codec: Codec, bytes: Uint8Array, layout: Layout): Samples {
  const stream = codec.before?.(bytes, layout) ?? bytes
  const decoder = codec.make() as Decoder & { delete?: () => void }
  try {
    decoder.getEncodedBuffer(stream.length).set(stream)
    decoder.decode()
    codec.after?.(decoder)
    const shape = decoder.getFrameInfo()
    if (shape.width !== layout.columns || shape.height !== layout.rows) {
      throw new Error('The compressed image has another size than its header says.')
    }
    const own = decoder.getDecodedBuffer().slice()
    const signed = shape.isSigned === undefined ? layout.signed : shape.isSigned
    return {
      values: typed(own, shape.bitsPerSample, signed, layout.signed),
      // CharLS returns planes if the file is not interleaved.
      planar: shape.componentCount > 1 && decoder.getInterleaveMode?.() === 0,
      photometric: codec.colours(layout.photometric),
    }
  } finally {
    decoder.delete?.()
  }
}

function typed(
  own: Uint8Array,
  bits: number,
  codecSigned: boolean,
  headerSigned: boolean,
): GreyValues {
  if (bits <= 8) return headerSigned ? new Int8Array(own.buffer) : own
  const values = codecSigned ? new Int16Array(own.buffer) : new Uint16Array(own.buffer)
  if (codecSigned === headerSigned) return values
  // Whether values are signed is in the header; the codestream may differ (pydicom #1149).
  const words = new Int16Array(own.buffer)
  if (!headerSigned) return new Uint16Array(own.buffer)
  const up = 16 - bits
  for (let i = 0; i < words.length; i++) words[i] = ((words[i] ?? 0) << (up + 16)) >> (up + 16)
  return words
}

async function jpegLossless(bytes: Uint8Array, layout: Layout): Promise<Samples> {
  const { Decoder } = await import('@cornerstonejs/jpeg-lossless-decoder-js').catch(unavailable)
  const width = layout.bitsAllocated <= 8 ? 1 : 2
  const own = bytes.slice()
  const out = new Decoder().decode(own.buffer, 0, own.length, width)
  const values: GreyValues =
    width === 1
      ? new Uint8Array(out.buffer, out.byteOffset, out.byteLength)
      : layout.signed
        ? new Int16Array(out.buffer, out.byteOffset, out.byteLength / 2)
        : new Uint16Array(out.buffer, out.byteOffset, out.byteLength / 2)
  return { values, planar: false, photometric: layout.photometric }
}
