/** The marks of each image, the chosen one, and what can be undone, image by image. */
import { type Frame, frameKey } from '../dicom/frame'
import type { Mark } from './mark'

type Marks = readonly Mark[]
type History = { now: Marks; past: readonly Marks[]; future: readonly Marks[] }

const NOTHING: History = { now: [], past: [], future: [] }
/** How many steps can be undone. */
const STEPS = 100

export class Kept {
  private readonly all = new Map<string, History>()
  /** The id of the chosen one. */
  chosen: string | null = null

  on = (frame: Frame): Marks => this.historyOf(frame).now

  chosenOn = (frame: Frame): Mark | null =>
    this.on(frame).find(({ id }) => id === this.chosen) ?? null

  /** Adds a mark, or puts it in place of the one with its id; it is then the chosen one. */
  put(frame: Frame, mark: Mark): void {
    const now = this.on(frame)
    const there = now.some(({ id }) => id === mark.id)
    this.change(frame, there ? now.map((one) => (one.id === mark.id ? mark : one)) : [...now, mark])
    this.chosen = mark.id
  }

  /** Takes away the chosen mark, or the last one. False if there is none. */
  remove(frame: Frame): boolean {
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
    this.all.set(frameKey(frame), {
      now: before,
      past: past.slice(0, -1),
      future: [...future, now],
    })
    return true
  }

  redo(frame: Frame): boolean {
    const { now, past, future } = this.historyOf(frame)
    const after = future.at(-1)
    if (!after) return false
    this.all.set(frameKey(frame), {
      now: after,
      past: [...past, now],
      future: future.slice(0, -1),
    })
    return true
  }

  private historyOf = (frame: Frame): History => this.all.get(frameKey(frame)) ?? NOTHING

  private change(frame: Frame, marks: Marks): void {
    const { now, past } = this.historyOf(frame)
    this.all.set(frameKey(frame), { now: marks, past: [...past, now].slice(-STEPS), future: [] })
  }
}
