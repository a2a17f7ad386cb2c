/** A body cut into pieces of known lengths as it arrives. */
export type Bytes = Uint8Array<ArrayBuffer>

export class Pieces {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>
  private readonly held: Uint8Array[] = []
  private size = 0

  constructor(body: ReadableStream<Uint8Array>) {
    this.reader = body.getReader()
  }

  /** The next `length` bytes behind `before`. Rejects if the body ends early. */
  async next(length: number, before?: Bytes): Promise<Bytes> {
    while (this.size < length) {
      const { value, done } = await this.reader.read()
      if (done) throw new Error('The answer ended early.')
      this.held.push(value)
      this.size += value.length
    }
    const start = before?.length ?? 0
    const out = new Uint8Array(start + length)
    if (before) out.set(before)
    for (let at = start; at < out.length; ) {
      const chunk = this.held[0] as Uint8Array
      const part = chunk.subarray(0, out.length - at)
      out.set(part, at)
      at += part.length
      if (part.length === chunk.length) this.held.shift()
      else this.held[0] = chunk.subarray(part.length)
    }
    this.size -= length
    return out
  }
}
