/** The codecs are Emscripten modules without types of their own; this is what is used of them. */
type EmscriptenFactory = (options: {
  locateFile: (name: string) => string
}) => Promise<Record<string, new () => unknown>>

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: EmscriptenFactory
  export default factory
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: EmscriptenFactory
  export default factory
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const factory: EmscriptenFactory
  export default factory
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: EmscriptenFactory
  export default factory
}
declare module '@cornerstonejs/jpeg-lossless-decoder-js' {
  export class Decoder {
    decode(buffer: ArrayBuffer, offset: number, length: number, bytes: 1 | 2): ArrayBufferView
  }
}
