/** How marks are set, chosen, moved and deleted, with the mouse, by touch and by keys. */
import { newId } from '../../id'
import { type Frame, frameKey } from '../dicom/frame'
import { askNote } from '../screen/note'
import type { Shown } from '../shown'
import { KINDS } from '../tools/kinds'
import type { Mark } from '../tools/mark'
import { isMarkKind, type MarkKind } from '../tools/names'
import { type Hit, hitAt, moved, placesOf, within } from '../tools/place'
import type { Vec2 } from '../types'
import { isInside, toCanvas, toPixel } from '../view/camera'
import type { Viewer } from '../viewer'

/** A mark of which not all places are set. */
type Draft = { on: string; kind: MarkKind; set: Vec2[]; pressed: Vec2 | null }
/** A mark that is being dragged, from where in the image. */
type Held = Hit & { on: string; pressed: Vec2; now: Mark; again: boolean }

/** Whether a place is the same as the one that is set, or near enough to close an outline. */
type Near = { again: (place: Vec2) => boolean; closes: (place: Vec2) => boolean }

/** In CSS pixels: less is no drag, and a click on the same place. */
const STILL = 4
const CLOSES = 9

const apart = (a: Vec2, b: Vec2): number => Math.hypot(a[0] - b[0], a[1] - b[1])

export class Measuring {
  private draft: Draft | null = null
  private held: Held | null = null

  constructor(
    private readonly viewer: Viewer,
    /** The reader looks for themself, and so stops following. */
    private readonly touched: () => void,
  ) {}

  /** True: the drag that begins is a mark's; false: nothing may begin; null: it is the chosen tool's. */
  press(at: Vec2): boolean | null {
    const { viewer } = this
    const { tool, screen } = viewer
    const shown = viewer.current()
    if (!shown) return isMarkKind(tool) ? false : null
    this.forgetOthers(shown)
    if (this.draft) return this.place(shown, at, true)
    const hit = hitAt(screen.marks.kept.on(shown.frame), shown.matrix, at)
    if (!hit && !isMarkKind(tool)) {
      this.choose(null)
      return null
    }
    if (shown.pixels.preview) {
      screen.overlay.hint(screen.words.measure.wait)
      return false
    }
    if (hit) return this.hold(shown, hit, at)
    if (!isMarkKind(tool) || !isInside(shown.frame, toPixel(shown.matrix, at))) return false
    this.begin(shown, tool)
    return this.place(shown, at, true)
  }

  /** The mouse moves, pressed or not. */
  move(at: Vec2): void {
    const shown = this.viewer.current()
    if (!shown || !(this.draft || this.held)) return
    this.forgetOthers(shown)
    const { draft, held } = this
    const { marks } = this.viewer.screen
    const pixel = within(shown.frame, toPixel(shown.matrix, at))
    if (held) {
      if (held.now === held.mark && apart(held.pressed, at) <= STILL) return
      const from = toPixel(shown.matrix, held.pressed)
      held.now = moved(shown.frame, held, [pixel[0] - from[0], pixel[1] - from[1]])
      marks.sketch(shown.frame, held.now)
    } else if (draft) {
      marks.sketch(shown.frame, drafted(draft, [...draft.set, pixel]))
    } else return
    this.viewer.screen.drawMarks()
  }

  release(at: Vec2): void {
    const shown = this.viewer.current()
    if (shown) this.forgetOthers(shown)
    const { draft, held } = this
    if (shown && held) this.letGo(shown, held)
    else if (shown && draft?.pressed) {
      const dragged = apart(draft.pressed, at) > STILL
      draft.pressed = null
      if (dragged) this.place(shown, at, false)
    }
  }

  /** Escape, another tool or a second finger: what is not finished is given up. False if there was nothing. */
  cancel(): boolean {
    const { marks } = this.viewer.screen
    const had = this.draft !== null || this.held !== null || marks.kept.chosen !== null
    this.drop()
    this.choose(null)
    return had
  }

  remove(): boolean {
    return this.onShown((frame) => this.viewer.screen.marks.kept.remove(frame))
  }

  undo(): boolean {
    if (this.draft) return this.cancel()
    return this.onShown((frame) => this.viewer.screen.marks.kept.undo(frame))
  }

  redo(): boolean {
    return this.onShown((frame) => this.viewer.screen.marks.kept.redo(frame))
  }

  private onShown(change: (frame: Frame) => boolean): boolean {
    const shown = this.viewer.current()
    if (!shown || !change(shown.frame)) return false
    this.drop()
    return true
  }

  /** What was begun on another image or with another tool is given up. */
  private forgetOthers({ frame }: Shown): void {
    const { draft, held } = this
    const on = frameKey(frame)
    const other = (draft && draft.kind !== this.viewer.tool) || (draft ?? held)?.on !== on
    if ((draft || held) && other) this.drop()
  }

  private begin({ frame }: Shown, kind: MarkKind): void {
    this.choose(null)
    this.touched()
    this.draft = { on: frameKey(frame), kind, set: [], pressed: null }
  }

  private choose(id: string | null): void {
    const { marks } = this.viewer.screen
    if (marks.kept.chosen === id) return
    marks.kept.chosen = id
    this.viewer.screen.drawMarks()
  }

  private hold(shown: Shown, hit: Hit, at: Vec2): true {
    this.touched()
    const { kept } = this.viewer.screen.marks
    // A second click on an arrow is for its text.
    const again = hit.mark.kind === 'arrow' && kept.chosen === hit.mark.id
    this.choose(hit.mark.id)
    this.held = { ...hit, on: frameKey(shown.frame), pressed: at, now: hit.mark, again }
    return true
  }

  private letGo(shown: Shown, { mark, now, again }: Held): void {
    this.drop()
    if (now !== mark) {
      this.viewer.screen.marks.kept.put(shown.frame, now)
      this.viewer.screen.drawMarks()
    } else if (again) void this.write(shown, mark)
  }

  /** Sets the next place; true, so that a press can be dragged on. */
  private place(shown: Shown, at: Vec2, pressed: boolean): true {
    const { draft } = this
    if (!draft) return true
    draft.pressed = pressed ? at : null
    const from = (place: Vec2) => apart(toCanvas(shown.matrix, place), at)
    this.add(shown, draft, within(shown.frame, toPixel(shown.matrix, at)), {
      again: (place) => from(place) <= STILL,
      closes: (place) => from(place) <= CLOSES,
    })
    return true
  }

  private add(shown: Shown, draft: Draft, place: Vec2, { again, closes }: Near): void {
    const { places } = KINDS[draft.kind]
    const { set } = draft
    const ends = [set[0], set.at(-1)].filter((end) => end !== undefined)
    if (places === null && set.length > 2 && ends.some(closes)) {
      this.finish(shown, draft)
      return
    }
    // Twice the same place is one.
    const last = set.at(-1)
    if (!last || !again(last)) set.push(place)
    if (set.length === places) this.finish(shown, draft)
    else this.show(shown, draft)
  }

  /** By keys: whether places of a mark are being set. */
  get drafting(): boolean {
    return this.draft !== null
  }

  /** By keys: sets just this place, the first or the next one. */
  setAt(place: Vec2): void {
    const { viewer } = this
    const shown = viewer.current()
    if (!shown) return
    this.forgetOthers(shown)
    if (!this.draft && !isMarkKind(viewer.tool)) return
    if (!this.draft && shown.pixels.preview) {
      viewer.screen.overlay.hint(viewer.screen.words.measure.wait)
      return
    }
    if (!this.draft && isMarkKind(viewer.tool)) this.begin(shown, viewer.tool)
    const same = (one: Vec2) => one[0] === place[0] && one[1] === place[1]
    if (this.draft) this.add(shown, this.draft, place, { again: same, closes: same })
  }

  /** By keys: a place of a mark is chosen, to be moved until it is settled. */
  holdPlace(mark: Mark, point: number): void {
    const shown = this.viewer.current()
    if (!shown) return
    this.touched()
    this.choose(mark.id)
    const at = toCanvas(shown.matrix, mark.points[point] ?? [0, 0])
    this.held = { mark, point, on: frameKey(shown.frame), pressed: at, now: mark, again: false }
  }

  /** By keys: what is being set or moved goes to this place. */
  aimAt(place: Vec2): void {
    const shown = this.viewer.current()
    if (!shown) return
    this.forgetOthers(shown)
    const { draft, held } = this
    const { marks } = this.viewer.screen
    if (draft) marks.sketch(shown.frame, drafted(draft, [...draft.set, place]))
    else if (held) {
      const points = held.mark.points.map((one, i) => (i === held.point ? place : one))
      held.now = { ...held.mark, points }
      marks.sketch(shown.frame, held.now)
    }
  }

  /** By keys: the place that was held stays where it is. False if none was. */
  settle = (): boolean => this.settled() !== null

  settled(): Hit | null {
    const shown = this.viewer.current()
    if (shown) this.forgetOthers(shown)
    const { held } = this
    if (!shown || !held) return null
    this.letGo(shown, held)
    return { mark: held.now, point: held.point }
  }

  private show({ frame }: Shown, draft: Draft): void {
    const { screen } = this.viewer
    screen.marks.sketch(frame, drafted(draft, draft.set))
    screen.overlay.hint(screen.words.measure.next[nextOf(draft)])
    screen.drawMarks()
  }

  private finish(shown: Shown, draft: Draft): void {
    const mark = drafted(draft, draft.set, newId())
    this.drop()
    if (mark.kind === 'arrow') void this.write(shown, mark)
    else this.keep(shown, mark)
  }

  private keep({ frame }: Shown, mark: Mark): void {
    const { screen } = this.viewer
    screen.marks.kept.put(frame, mark)
    screen.drawMarks()
  }

  /** The text of an arrow; one that was given up stays as it was. */
  private async write(shown: Shown, mark: Mark): Promise<void> {
    const { screen } = this.viewer
    screen.marks.sketch(shown.frame, mark)
    screen.drawMarks()
    const [tail = [0, 0] as const] = placesOf(mark, shown.matrix)
    const text = await askNote(screen.overlay.stage, tail, mark.text, screen.words.measure.note)
    screen.marks.unsketch()
    const kept = screen.marks.kept.on(shown.frame).includes(mark)
    if (!kept || (text !== null && text !== mark.text))
      this.keep(shown, { ...mark, text: text ?? mark.text })
    else screen.drawMarks()
  }

  private drop(): void {
    this.draft = null
    this.held = null
    this.viewer.screen.unsketch()
  }
}

const drafted = ({ kind }: Draft, points: readonly Vec2[], id = 'draft'): Mark => ({
  id,
  kind,
  points,
  text: '',
})

function nextOf({ kind, set }: Draft): 'point' | 'line' | 'close' {
  if (kind === 'polygon') return 'close'
  return kind === 'cobb' && set.length >= 2 ? 'line' : 'point'
}
