/** The frames of the open series: the shown one first, then its neighbours, then the rest; kept in a bounded cache. */
import { byArchive } from './byArchive'
import { FrameError, type Pool } from './decode/pool'
import type { Layout, Pixels } from './decode/wire'
import { frameUrl } from './dicom/archive'
import { type Frame, frameKey, type Instance } from './dicom/frame'
import type { Stack } from './dicom/stack'
import { Tables } from './tables'
import type { StudyRef } from './types'

const NEAR = 10

/** Whether the failure is the network's or a restarting server's, and not the frame's. */
const isPassing = (error: Error): boolean =>
  error instanceof FrameError && [0, 502, 503, 504].includes(error.status ?? -1)

const sizeOf = (pixels: Pixels) =>
  'grey' in pixels ? pixels.grey.byteLength : pixels.rgba.byteLength

export const layoutOf = (one: Instance): Layout => ({
  rows: one.rows,
  columns: one.columns,
  samples: one.samples,
  photometric: one.photometric,
  planar: one.planar,
  bitsAllocated: one.bitsAllocated,
  bitsStored: one.bitsStored,
  highBit: one.highBit,
  signed: one.signed,
  padding: one.padding,
  embedded: one.embedded,
})

const both = (one: Uint32Array | null = null, other: Uint32Array | null): Uint32Array | null =>
  one && other ? Uint32Array.from([...one, ...other]) : (one ?? other)

/** The order in which the frames around one are fetched: nearest first, both ways. */
export function fetchOrder(count: number, shown: number): number[] {
  const order = [shown]
  for (let distance = 1; distance < count; distance++) {
    if (shown + distance < count) order.push(shown + distance)
    if (shown - distance >= 0) order.push(shown - distance)
  }
  return order
}

export class Frames {
  private readonly cache = new Map<string, Pixels>()
  private readonly running = new Map<string, { controller: AbortController; index: number }>()
  private readonly failures = new Map<string, Error>()
  private readonly tables = new Tables()
  private bytes = 0
  private study: StudyRef | null = null
  private stack: Stack | null = null
  private shown = 0
  /** Whether the series' first image has arrived; before, its neighbours would only delay it. */
  private begun = false
  /** Whether nothing answers; then the rest of the series is not fetched. */
  private stopped = false

  constructor(
    private readonly pool: Pool,
    /** Absent while nobody shows the frames; then only wanted frames are read, not their neighbours. */
    private onChange: ((key: string) => void) | null = null,
    private readonly budget = 384 * 1024 * 1024,
  ) {
    window.addEventListener('online', this.online)
  }

  /** The frames are shown from now on; what failed before is tried again. */
  showTo(onChange: (key: string) => void): void {
    this.onChange = onChange
    this.failures.clear()
    this.stopped = false
  }

  /** Opens another series, and cancels requests for the old one. */
  open(study: StudyRef, stack: Stack): void {
    if (stack === this.stack) return
    this.cancel()
    this.study = study
    this.stack = stack
    this.failures.clear()
    this.begun = false
    this.stopped = false
  }

  get(frame: Frame): Pixels | undefined {
    const key = frameKey(frame)
    const found = this.cache.get(key)
    if (found) {
      this.cache.delete(key) // moved to the newest end (least recently used cache)
      this.cache.set(key, found)
    }
    return found
  }

  failure = (frame: Frame): Error | undefined => this.failures.get(frameKey(frame))

  retry(frame: Frame): void {
    this.failures.delete(frameKey(frame))
    this.resume()
  }

  /** How many frames of the series are loaded. */
  get ready(): number {
    return this.stack?.frames.filter((frame) => this.cache.has(frameKey(frame))).length ?? 0
  }

  want(index: number): void {
    this.shown = index
    const frame = this.stack?.frames[index]
    if (!frame) return
    const key = frameKey(frame)
    if (this.cache.has(key)) this.begun = true
    else if (!this.running.has(key) && !this.failures.has(key)) {
      // The shown slice must not wait behind its neighbours: cancel the farthest one.
      if (this.running.size >= this.pool.width) this.dropFarthest()
      this.start(index)
    }
    this.fill()
  }

  cancel(): void {
    for (const { controller } of this.running.values()) controller.abort()
    this.running.clear()
  }

  dispose(): void {
    window.removeEventListener('online', this.online)
    this.cancel()
    this.cache.clear()
    this.stack = null
  }

  private online = (): void => {
    if (this.stopped) this.resume()
  }

  /** Something answers again, or somebody tries again: what failed because of the network is fetched again. */
  private resume(): void {
    this.stopped = false
    for (const [key, error] of this.failures) if (isPassing(error)) this.failures.delete(key)
    this.want(this.shown)
    const frame = this.stack?.frames[this.shown]
    if (frame) this.onChange?.(frameKey(frame))
  }

  private fill(): void {
    if (!this.onChange || !this.stack || !this.begun || this.stopped) return
    for (const index of fetchOrder(this.stack.frames.length, this.shown)) {
      if (this.running.size >= this.pool.width) return
      const near = Math.abs(index - this.shown) <= NEAR
      if (!near && this.bytes > this.budget * 0.9) return // fetching more would evict nearer frames
      this.start(index)
    }
  }

  private start(index: number): void {
    const { study, stack } = this
    const frame = stack?.frames[index]
    if (!study || !stack || !frame) return
    const key = frameKey(frame)
    if (this.cache.has(key) || this.running.has(key) || this.failures.has(key)) return
    const controller = new AbortController()
    const trial = this.stopped
    this.running.set(key, { controller, index })
    const { signal } = controller
    void this.load(study, frame, index !== this.shown, signal)
      .catch((refusal: Error) => byArchive(study, frame, refusal, signal))
      .then(
        (pixels) => {
          this.keep(key, pixels)
          if (trial) this.resume()
        },
        (error: Error) => {
          if (controller.signal.aborted) return
          this.failures.set(key, error)
          if (isPassing(error)) this.stopped = true
        },
      )
      .finally(() => {
        if (controller.signal.aborted) return
        this.running.delete(key)
        this.begun = true
        this.onChange?.(key)
        this.fill()
      })
  }

  private async load(
    study: StudyRef,
    frame: Frame,
    ahead: boolean,
    signal: AbortSignal,
  ): Promise<Pixels> {
    const { instance } = frame
    if (instance.supplemental) throw new Error('Colours over grey are not shown here.')
    const coloured = instance.photometric === 'PALETTE COLOR'
    const palette = coloured ? await this.tables.palette(study, instance) : null
    const url = frameUrl(study, instance, frame.number)
    const job = { url, layout: layoutOf(instance), palette, ahead }
    const decoding = this.pool.decode(job, signal)
    if (!(frame.modalityLut || frame.voiLut || frame.overlays.length)) return decoding
    const [pixels, tables, overlaid] = await Promise.all([
      decoding,
      this.tables.grey(study, frame),
      this.tables.overlaid(study, frame),
    ])
    return { ...pixels, ...tables, overlaid: both(pixels.overlaid, overlaid) }
  }

  private keep(key: string, pixels: Pixels): void {
    this.cache.set(key, pixels)
    this.bytes += sizeOf(pixels)
    for (const [old, oldPixels] of this.cache) {
      if (this.bytes <= this.budget || old === key) break
      this.cache.delete(old)
      this.bytes -= sizeOf(oldPixels)
    }
  }

  private dropFarthest(): void {
    const far = [...this.running.entries()].sort(
      (a, b) => Math.abs(b[1].index - this.shown) - Math.abs(a[1].index - this.shown),
    )[0]
    if (!far) return
    far[1].controller.abort()
    this.running.delete(far[0])
  }
}
