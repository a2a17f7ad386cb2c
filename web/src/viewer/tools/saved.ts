/** The reader's own marks as the server has them, beside those on the screen: what is not saved yet, and what is new. */
import { type ImageMarks, type ImageOf, imageKey, rounded } from './imageMarks'
import type { Kept } from './kept'
import type { Mark } from './mark'

export type SavedMark = ImageOf & { mark: Mark }
export type Unsaved = { put: SavedMark[]; deleted: string[] }

const same = (a: Mark, b: Mark): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b))
const plain = (mark: Mark) => {
  const { id, kind, points, text } = rounded(mark)
  return [id, kind, points, text]
}

export class Saved {
  /** By study, then by the mark's id. */
  private readonly studies = new Map<string, Map<string, SavedMark>>()

  constructor(private readonly kept: Kept) {}

  /** What the reader has changed of a study since the server said what it has. */
  unsaved(study: string): Unsaved {
    const there = this.studies.get(study) ?? new Map<string, SavedMark>()
    const own = this.own(study)
    const ids = new Set(own.map(({ mark }) => mark.id))
    return {
      put: own.filter(({ mark }) => {
        const before = there.get(mark.id)
        return !before || !same(before.mark, mark)
      }),
      deleted: [...there.keys()].filter((id) => !ids.has(id)),
    }
  }

  /** The server says what it has; what the reader has changed meanwhile stays as it is, and is not saved yet. */
  take(study: string, marks: readonly SavedMark[]): void {
    const before = this.studies.get(study) ?? new Map<string, SavedMark>()
    const now = new Map(marks.map((each) => [each.mark.id, each]))
    this.studies.set(study, now)
    const own = this.own(study)
    const ids = new Set(own.map(({ mark }) => mark.id))
    const stays = own.flatMap((each): SavedMark[] => {
      const was = before.get(each.mark.id)
      if (!was || !same(was.mark, each.mark)) return [each]
      const is = now.get(each.mark.id)
      return is ? [is] : [] // deleted in another window
    })
    const added = marks.filter(({ mark }) => !ids.has(mark.id) && !before.has(mark.id))
    this.adopt(own, [...stays, ...added])
  }

  private adopt(before: readonly SavedMark[], after: readonly SavedMark[]): void {
    const images = new Map<string, ImageMarks>()
    for (const each of [...before, ...after]) {
      const { hospital, study, instance, frame } = each
      images.set(imageKey(each), { hospital, study, instance, frame, marks: [] })
    }
    const now = new Map(this.kept.own().map((image) => [imageKey(image), image.marks]))
    for (const [key, image] of images) {
      const marks = after.filter((each) => imageKey(each) === key).map(({ mark }) => mark)
      const shown = now.get(key) ?? []
      const unchanged =
        marks.length === shown.length && marks.every((mark, i) => same(mark, shown[i] as Mark))
      // What can be undone stays where nothing has changed.
      if (!unchanged) this.kept.adopt({ ...image, marks })
    }
    this.kept.redraw()
  }

  private own(study: string): SavedMark[] {
    return this.kept
      .own()
      .filter((image) => `${image.hospital}/${image.study}` === study)
      .flatMap(({ marks, ...image }) => marks.map((mark) => ({ ...image, mark })))
  }
}
