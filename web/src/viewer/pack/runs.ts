/**
 * A series on its way from its pack: all previews in one answer, from the middle outward, then the frames in full, from
 * the shown one outward, several in one answer and two answers under way. A jump aborts what is far from it.
 */
import { FrameError } from '../decode/pool'
import { packUrl } from '../dicom/archive'
import { indexOfFirst, type Stack } from '../dicom/stack'
import type { StudyRef } from '../types'
import { type Place, placesIn, readContents } from './contents'
import { distanceTo, nextRun } from './order'
import { type Bytes, Pieces } from './pieces'

const AT_ONCE = 2
const LONGEST = 16
const FAR = 16

/** What becomes of the frames, by their place in the stack. */
export type Sink = {
  /** Whether the frame is to be had in full. */
  missing(index: number): boolean
  small(index: number, stream: Bytes): void
  full(index: number, stream: Bytes): void
  lost(index: number, error: Error): void
  /** The previews are here, or there is no pack. */
  read(): void
}

type Run = { indexes: readonly number[]; controller: AbortController }

export class Runs {
  private places: readonly (Place | undefined)[] = []
  private version = ''
  private readonly prefixes = new Map<number, Bytes>()
  private readonly under = new Set<Run>()
  private readonly whole = new AbortController()
  /** Whether the contents of the pack may still come, and whether they were asked for. */
  private reading = true
  private asked = false
  private shown = 0

  constructor(
    private readonly study: StudyRef,
    private readonly stack: Stack,
    private readonly sink: Sink,
  ) {
    const { first } = stack
    const index = indexOfFirst(stack)
    if (!first || index < 0) return
    this.version = first.version
    const places = new Array<Place | undefined>(stack.frames.length).fill(undefined)
    places[index] = {
      position: first.position,
      length: first.length,
      preview: first.stream.length,
    }
    this.places = places
    this.prefixes.set(index, first.stream)
  }

  /** Whether it is known where the frame is in the pack. */
  knows = (index: number): boolean => this.places[index] !== undefined

  /** Whether the frame comes from here, or may once the contents of the pack are known. */
  has = (index: number): boolean => this.reading || this.knows(index)

  /** Whether the frame is in an answer that is under way. */
  bringing = (index: number): boolean =>
    [...this.under].some(({ indexes }) => indexes.includes(index))

  /** Reads what is in the pack, and the previews, unless all is known. Without a pack no frame comes from here. */
  read(): void {
    const known = this.stack.frames.every((_, index) => this.knows(index))
    if (!this.asked && !known) void this.readAll()
  }

  private async readAll(): Promise<void> {
    this.asked = true
    this.reading = true
    this.places = []
    this.prefixes.clear()
    const { signal } = this.whole
    try {
      const answer = await fetch(packUrl(this.study, this.stack, 'preview'), { signal })
      if (answer.status === 200 && answer.body) await this.previews(new Pieces(answer.body))
    } catch {
      // Without previews the frames still come in full.
    }
    if (signal.aborted) return
    this.reading = false
    this.sink.read()
  }

  /** The reader looks at this frame now. */
  show(index: number): void {
    this.shown = index
    if (!this.lacks(index)) return
    for (const run of this.under) {
      if (distanceTo(run.indexes, index) <= FAR) continue
      this.under.delete(run)
      run.controller.abort()
    }
    void this.bring([index]) // beside the others: it does not wait until one of them has ended
  }

  /** Asks for more, if not enough is under way. */
  fill(): void {
    while (!this.reading && this.under.size < AT_ONCE) {
      const run = nextRun(this.places.length, this.shown, this.lacks, LONGEST)
      if (run.length === 0) return
      void this.bring(run)
    }
  }

  cancel(): void {
    for (const { controller } of this.under) controller.abort()
    this.under.clear()
  }

  dispose(): void {
    this.whole.abort()
    this.cancel()
  }

  private lacks = (index: number): boolean =>
    this.knows(index) && !this.bringing(index) && this.sink.missing(index)

  private async previews(pieces: Pieces): Promise<void> {
    const contents = await readContents(pieces)
    this.version = contents.version
    this.places = placesIn(contents, this.stack)
    this.show(this.shown) // does not wait for the previews of the others
    const indexes = new Map(this.places.map((place, index) => [place?.position, index]))
    for (const position of contents.previews) {
      const stream = await pieces.next(contents.frames[position]?.[3] ?? 0)
      const index = indexes.get(position)
      if (index === undefined) continue
      this.prefixes.set(index, stream)
      this.sink.small(index, stream)
    }
  }

  private async bring(indexes: readonly number[]): Promise<void> {
    const run: Run = { indexes, controller: new AbortController() }
    this.under.add(run)
    const { signal } = run.controller
    let at = 0
    try {
      const rest = indexes.every((index) => this.prefixes.has(index))
      // As they are now: the contents may be read meanwhile.
      const parts = indexes.map((index) => {
        const prefix = rest ? this.prefixes.get(index) : undefined
        return { prefix, length: (this.places[index]?.length ?? 0) - (prefix?.length ?? 0) }
      })
      const pieces = new Pieces(await this.ask(indexes, rest, signal))
      for (; at < indexes.length; at++) {
        const index = indexes[at] as number
        const { prefix, length } = parts[at] as (typeof parts)[number]
        const stream = await pieces.next(length, prefix)
        if (signal.aborted) return
        this.prefixes.delete(index)
        this.sink.full(index, stream)
      }
    } catch (error) {
      if (signal.aborted) return
      this.under.delete(run)
      this.failed(indexes.slice(at), error)
    }
    this.under.delete(run)
    this.fill()
  }

  private async ask(indexes: readonly number[], rest: boolean, signal: AbortSignal) {
    const positions = indexes.map((index) => this.places[index]?.position).join(',')
    const query = `version=${this.version}&frames=${positions}${rest ? '&rest=1' : ''}`
    const url = `${packUrl(this.study, this.stack, 'frames')}&${query}`
    const answer = await fetch(url, { signal }).catch(() => {
      throw new FrameError('The archive does not answer.', 0)
    })
    if (!answer.ok || !answer.body) {
      throw new FrameError(`The archive answered ${answer.status}.`, answer.status)
    }
    return answer.body
  }

  private failed(indexes: readonly number[], error: unknown): void {
    const why = error instanceof FrameError ? error : new FrameError('cut off', 0)
    if (why.status !== 410) for (const index of indexes) this.sink.lost(index, why)
    else if (!this.reading || !this.asked) void this.readAll() // late images have made another pack
  }
}
