/** Marks by keys alone: a crosshair that arrow keys move pixel by pixel, and at which Enter sets a place. */
import type { Shown } from '../shown'
import { isMarkKind } from '../tools/names'
import { within } from '../tools/place'
import type { Vec2 } from '../types'
import { panned, toCanvas, toPixel } from '../view/camera'
import type { Viewer } from '../viewer'
import type { Measuring } from './measuring'

/** On the screen, whichever way the image is turned. */
const WAYS: Readonly<Record<string, Vec2>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const FAST = 10

export class Cursor {
  /** In the image's pixels; it stays when the slice changes. Null: there is no crosshair. */
  private at: Vec2 | null = null

  constructor(
    private readonly viewer: Viewer,
    private readonly measuring: Measuring,
  ) {}

  /** Enter: shows the crosshair in the middle of the screen, or sets the next place. */
  enter(): void {
    const shown = this.viewer.current()
    if (!shown) return
    if (!this.at) {
      const { width, height } = shown.size
      const own = this.viewer.screen.marks.kept.on(shown.frame).length > 0
      if (own || isMarkKind(this.viewer.tool))
        this.show(shown, whole(toPixel(shown.matrix, [width / 2, height / 2])))
    } else if (!this.measuring.settle()) this.measuring.setAt(within(shown.frame, this.at))
  }

  /** While there is a crosshair: whether this key was for it. */
  key({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const shown = this.viewer.current()
    if (!this.at || !shown || ctrlKey || metaKey || altKey) return false
    const way = WAYS[key]
    if (way) this.step(shown, this.at, way, shiftKey ? FAST : 1)
    else if (key === '[' || key === ']') this.pick(shown, this.at, key === ']' ? 1 : -1)
    else if (key === 'Escape') this.escape()
    else return false
    return true
  }

  /** The mouse is used again. */
  leave(): void {
    if (!this.at) return
    this.at = null
    this.viewer.screen.marks.cursor = null
    this.viewer.screen.drawMarks()
  }

  /** First what is not finished is given up. */
  private escape(): void {
    if (!this.measuring.cancel()) this.leave()
  }

  private show({ frame }: Shown, at: Vec2): void {
    this.at = within(frame, at)
    this.viewer.screen.marks.cursor = this.at
    this.viewer.screen.drawMarks()
  }

  private step(shown: Shown, from: Vec2, [dx, dy]: Vec2, pixels: number): void {
    const [x, y] = toCanvas(shown.matrix, from)
    const [column, row] = toPixel(shown.matrix, [x + dx, y + dy])
    const by = [pixels * Math.sign(near(column - from[0])), pixels * Math.sign(near(row - from[1]))]
    const to = within(shown.frame, [from[0] + (by[0] as number), from[1] + (by[1] as number)])
    this.measuring.aimAt(to)
    this.show(shown, to)
    this.follow(shown, to)
  }

  /** The view goes along where the crosshair would leave the screen. */
  private follow({ matrix, size: { width, height } }: Shown, to: Vec2): void {
    const [x, y] = toCanvas(matrix, to)
    const beyond = (at: number, most: number) => Math.min(0, at) + Math.max(0, at - most)
    const by: Vec2 = [-beyond(x, width), -beyond(y, height)]
    if (by[0] !== 0 || by[1] !== 0)
      this.viewer.moveView((frame, view, size) => panned(frame, view, size, by))
  }

  /** Goes to the next place of the reader's own marks, which then moves with the crosshair until Enter. */
  private pick(shown: Shown, at: Vec2, by: 1 | -1): void {
    if (this.measuring.drafting) return
    if (shown.pixels.preview) {
      this.viewer.screen.overlay.hint(this.viewer.screen.words.measure.wait)
      return
    }
    const before = this.measuring.settled()
    const places = this.viewer.screen.marks.kept
      .on(shown.frame)
      .flatMap((mark) => mark.points.map((_, point) => ({ mark, point })))
    if (places.length === 0) return
    const now = places.findIndex(({ mark, point }) =>
      before ? mark.id === before.mark.id && point === before.point : same(mark.points[point], at),
    )
    const from = now < 0 && by < 0 ? 0 : now
    const next = places[(from + by + places.length) % places.length]
    if (!next) return
    this.measuring.holdPlace(next.mark, next.point)
    this.show(shown, next.mark.points[next.point] ?? at)
  }
}

const whole = ([column, row]: Vec2): Vec2 => [Math.round(column), Math.round(row)]
/** The axes are those of the image, turned by quarters: what is not one of them is rounding. */
const near = (value: number): number => (Math.abs(value) < 1e-6 ? 0 : value)
const same = (a: Vec2 | undefined, b: Vec2): boolean => a?.[0] === b[0] && a[1] === b[1]
