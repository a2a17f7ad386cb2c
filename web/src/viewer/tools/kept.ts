/** The marks of each image, the chosen one, and what can be undone, image by image. */
import { type Frame, frameKey } from '../dicom/frame'
import { type ImageMarks, type ImageOf, imageKey, imageOf } from './imageMarks'
import type { Mark } from './mark'
import { Others } from './others'

type Marks = readonly Mark[]
type History = { now: Marks; past: readonly Marks[]; future: readonly Marks[] }

const NOTHING: History = { now: [], past: [], future: [] }
/** How many steps can be undone. */
const STEPS = 100

export class Kept {
  private readonly all = new Map<string, History>()
  private readonly images = new Map<string, ImageOf>()
  readonly others = new Others()
  /** The id of the chosen one. */
  chosen: string | null = null
  /** Nobody's marks are shown, until the reader sets one. */
  hidden = false
  private readonly hearing = new Set<(image: ImageMarks) => void>()
  private readonly watching = new Set<() => void>()

  /** Whoever draws the marks hears when they change by themselves. */
  watch(redraw: () => void): () => void {
    this.watching.add(redraw)
    return () => this.watching.delete(redraw)
  }

  /** Of every change by the reader: what then stands on its image. */
  hear(changed: (image: ImageMarks) => void): () => void {
    this.hearing.add(changed)
    return () => this.hearing.delete(changed)
  }

  redraw(): void {
    for (const each of this.watching) each()
  }

  hide(hidden: boolean): void {
    this.hidden = hidden
    this.chosen = null
    this.redraw()
  }

  /** Whether there are any on this image, shown or hidden. */
  any = (frame: Frame): boolean =>
    this.historyOf(frame).now.length > 0 || this.others.on(imageOf(frame)).length > 0

  /** The reader's own, as far as they are shown. */
  on = (frame: Frame): Marks => (this.hidden ? [] : this.historyOf(frame).now)

  /** The others', as far as they are shown; one that the reader has here too is theirs. */
  othersOn(frame: Frame): { mark: Mark; by: string }[] {
    if (this.hidden) return []
    const own = this.historyOf(frame).now
    return this.others
      .on(imageOf(frame))
      .filter(({ mark }) => !own.some(({ id }) => id === mark.id))
  }

  /** Takes over what the reader has drawn elsewhere: in another window, or before. */
  adopt(image: ImageMarks): void {
    const key = imageKey(image)
    this.images.set(key, image)
    this.all.set(key, { now: image.marks, past: [], future: [] })
  }

  /** Every image on which the reader has or had marks. */
  own(): ImageMarks[] {
    return [...this.images].map(([key, image]) => ({
      ...image,
      marks: this.all.get(key)?.now ?? [],
    }))
  }

  chosenOn = (frame: Frame): Mark | null =>
    this.on(frame).find(({ id }) => id === this.chosen) ?? null

  /** Adds a mark, or puts it in place of the one with its id; it is then the chosen one. */
  put(frame: Frame, mark: Mark): void {
    const { now } = this.historyOf(frame)
    const there = now.some(({ id }) => id === mark.id)
    this.change(frame, there ? now.map((one) => (one.id === mark.id ? mark : one)) : [...now, mark])
    this.chosen = mark.id
  }

  /** Takes away the chosen mark, or the last one. False if there is none. */
  remove(frame: Frame): boolean {
    if (this.hidden) return false
    const gone = this.chosenOn(frame) ?? this.on(frame).at(-1)
    if (!gone) return false
    this.change(
      frame,
      this.on(frame).filter((one) => one !== gone),
    )
    this.chosen = null
    return true
  }

  undo(frame: Frame): boolean {
    const { now, past, future } = this.historyOf(frame)
    const before = past.at(-1)
    if (!before) return false
    this.set(frame, { now: before, past: past.slice(0, -1), future: [...future, now] })
    return true
  }

  redo(frame: Frame): boolean {
    const { now, past, future } = this.historyOf(frame)
    const after = future.at(-1)
    if (!after) return false
    this.set(frame, { now: after, past: [...past, now], future: future.slice(0, -1) })
    return true
  }

  private historyOf = (frame: Frame): History => this.all.get(frameKey(frame)) ?? NOTHING

  private change(frame: Frame, marks: Marks): void {
    const { now, past } = this.historyOf(frame)
    this.set(frame, { now: marks, past: [...past, now].slice(-STEPS), future: [] })
  }

  private set(frame: Frame, history: History): void {
    const image = imageOf(frame)
    this.hidden = false
    this.all.set(frameKey(frame), history)
    this.images.set(frameKey(frame), image)
    for (const each of this.hearing) each({ ...image, marks: history.now })
  }
}
