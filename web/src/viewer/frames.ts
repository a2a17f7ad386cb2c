/**
 * The frames of the open series: the shown one first, then its neighbours, then the rest; kept in a bounded cache. Of a
 * packed series all come as previews after the shown one, then in full, several in one answer.
 */
import { byArchive } from './byArchive'
import { isPassing, type Pool } from './decode/pool'
import type { Pixels } from './decode/wire'
import { type Frame, frameKey } from './dicom/frame'
import { indexOfFirst, type Stack } from './dicom/stack'
import { Loader } from './loader'
import { fetchOrder } from './pack/order'
import type { Bytes } from './pack/pieces'
import { Runs, type Sink } from './pack/runs'
import { Retry } from './retry'
import type { StudyRef } from './types'

const NEAR = 10

const sizeOf = (pixels: Pixels) =>
  'grey' in pixels ? pixels.grey.byteLength : pixels.rgba.byteLength

const keyAt = (stack: Stack, index: number): string => {
  const frame = stack.frames[index]
  return frame ? frameKey(frame) : ''
}

export class Frames {
  private readonly cache = new Map<string, Pixels>()
  private readonly running = new Map<string, { controller: AbortController; index: number }>()
  private readonly failures = new Map<string, Error>()
  /** Pictures of a quarter of the rows and columns, by frame: what is shown of one that is not here in full. */
  private readonly previews = new Map<string, Pixels>()
  /** Frames of the pack whose bytes are here, and those whose bytes were not good: these come one by one. */
  private readonly decoding = new Set<string>()
  private readonly unpacked = new Set<string>()
  private runs: Runs | null = null
  private readonly loader: Loader
  private bytes = 0
  private study: StudyRef | null = null
  private stack: Stack | null = null
  private shown = 0
  /** Whether the series' first image has arrived; before, its neighbours would only delay it. */
  private begun = false
  /** Whether nothing answers; then the rest of the series is not fetched, and what failed is tried again later. */
  private stopped = false
  private readonly later = new Retry(() => this.resume())

  constructor(
    private readonly pool: Pool,
    /** Absent while nobody shows the frames; then only wanted frames are read, not their neighbours. */
    private onChange: ((key: string) => void) | null = null,
    /** How many bytes of pictures are kept. */
    private readonly budget: () => number = () => 384 * 1024 * 1024,
  ) {
    this.loader = new Loader(pool)
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
    this.previews.clear()
    this.decoding.clear()
    this.unpacked.clear()
    this.begun = false
    this.stopped = false
    this.openWithFirst(study, stack)
  }

  /** What came with the list: a preview of one frame, and where the rest of it is. */
  private openWithFirst(study: StudyRef, stack: Stack): void {
    const index = indexOfFirst(stack)
    if (!stack.first || index < 0) return
    this.runs = new Runs(study, stack, this.sink(stack))
    void this.decodeSmall(stack, index, stack.first.stream)
  }

  get(frame: Frame): Pixels | undefined {
    const key = frameKey(frame)
    const found = this.cache.get(key)
    if (found) {
      this.cache.delete(key) // moved to the newest end (least recently used cache)
      this.cache.set(key, found)
    }
    return found ?? this.previews.get(key)
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

  /** How many of them can be shown, at least as a preview. */
  get scrollable(): number {
    const { cache, previews } = this
    const has = (key: string) => cache.has(key) || previews.has(key)
    return this.stack?.frames.filter((frame) => has(frameKey(frame))).length ?? 0
  }

  want(index: number): void {
    this.shown = index
    const frame = this.stack?.frames[index]
    if (!frame) return
    const key = frameKey(frame)
    if (this.cache.has(key)) this.begun = true
    if (this.fromPack(index, key)) this.runs?.show(index)
    else if (!this.cache.has(key) && !this.running.has(key) && !this.failures.has(key)) {
      // The shown slice must not wait behind its neighbours: cancel the farthest one.
      if (this.running.size >= this.pool.width) this.dropFarthest()
      this.start(index)
    }
    this.fill()
  }

  /** Nothing more of the series is wanted, until a frame is. */
  cancel(): void {
    this.later.stop()
    this.runs?.dispose()
    this.runs = null
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
    const { stack, study } = this
    if (!this.onChange || !stack || !study || !this.begun || this.stopped) return
    if (study.imaging && !this.runs && stack.frames.length > 1) {
      this.runs = new Runs(study, stack, this.sink(stack))
      this.runs.show(this.shown)
    }
    this.runs?.read()
    this.runs?.fill()
    for (const index of fetchOrder(stack.frames.length, this.shown)) {
      if (this.running.size >= this.pool.width || !this.hasRoomFor(index)) return
      if (!this.runs?.has(index) || this.unpacked.has(keyAt(stack, index))) this.start(index)
    }
  }

  private fromPack(index: number, key: string): boolean {
    const { runs } = this
    if (!runs || this.stopped || this.unpacked.has(key)) return false
    return this.begun ? runs.has(index) : runs.knows(index)
  }

  /** Fetching more would evict nearer frames. */
  private hasRoomFor = (index: number): boolean =>
    Math.abs(index - this.shown) <= NEAR || this.bytes <= this.budget() * 0.9

  private sink(stack: Stack): Sink {
    /** Of another series nothing is wanted any more. */
    const key = (index: number) => (stack === this.stack ? keyAt(stack, index) : '')
    return {
      missing: (index) => {
        const one = key(index)
        const known = [this.cache, this.running, this.failures, this.decoding, this.unpacked]
        return (
          one !== '' &&
          !this.stopped &&
          !known.some((each) => each.has(one)) &&
          this.hasRoomFor(index)
        )
      },
      small: (index, stream) => void this.decodeSmall(stack, index, stream),
      full: (index, stream) => void this.decodeFull(stack, index, stream),
      lost: (index, error) => {
        if (!key(index)) return
        // What the archive refuses as a part of many may come by itself.
        if (isPassing(error)) this.fail(key(index), error)
        else this.unpacked.add(key(index))
        this.onChange?.(key(index))
        this.begun = true
        this.want(this.shown)
      },
      read: () => this.want(this.shown),
    }
  }

  private async decodeSmall(stack: Stack, index: number, stream: Bytes): Promise<void> {
    const frame = stack.frames[index]
    const pixels = frame && (await this.loader.small(frame, stream).catch(() => null))
    if (!pixels || stack !== this.stack) return
    const key = frameKey(frame)
    this.previews.set(key, pixels)
    if (!this.cache.has(key)) this.onChange?.(key)
  }

  private async decodeFull(stack: Stack, index: number, stream: Bytes): Promise<void> {
    const frame = stack.frames[index]
    const { study } = this
    if (!frame || !study || stack !== this.stack) return
    const key = frameKey(frame)
    this.decoding.add(key)
    const pixels = await this.loader.full(study, frame, stream).catch(() => null)
    if (stack !== this.stack) return
    this.decoding.delete(key)
    if (pixels) this.keep(key, pixels)
    else this.unpacked.add(key)
    this.begun = true
    this.onChange?.(key)
    this.want(this.shown)
  }

  private fail(key: string, error: Error): void {
    this.failures.set(key, error)
    if (!isPassing(error)) return
    this.stopped = true
    this.later.later()
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
    void this.loader
      .byAddress(study, frame, signal)
      .catch((refusal: Error) => byArchive(study, frame, refusal, signal))
      .then(
        (pixels) => {
          this.keep(key, pixels)
          if (trial) this.resume()
        },
        (error: Error) => {
          if (controller.signal.aborted) return
          this.fail(key, error)
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

  private keep(key: string, pixels: Pixels): void {
    this.later.came()
    this.cache.set(key, pixels)
    this.bytes += sizeOf(pixels)
    for (const [old, oldPixels] of this.cache) {
      if (this.bytes <= this.budget() || old === key) break
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
