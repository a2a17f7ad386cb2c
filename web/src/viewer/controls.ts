/** Mouse and keys of a viewer: what each gesture does to the image. */

import { type Frame, frameKey } from './dicom/frame'
import { type Action, actionOf } from './input/keys'
import { listenToMouse } from './input/mouse'
import { Coalescer } from './share'
import type { Place, Vec2 } from './types'
import { isInside, panned, type Size, toPixel, type View, zoomedAt } from './view/camera'
import { dragged, presetsFor } from './view/voi'
import type { Viewer } from './viewer'

export type Host = {
  /** The reader's pointer over the image, at most twenty times a second; null when it left. */
  onPointer?: (place: Place | null) => void
  /** The reader changed the view, and so stops following. */
  onTouch?: () => void
  onKeyImage?: () => void
  /** The last measurement is wanted elsewhere. */
  onCite?: () => void
  onHelp?: () => void
  onSeries?: (by: 1 | -1) => void
}

export class Controls {
  private readonly stopMouse: () => void
  private readonly pointer: Coalescer<Vec2 | null>
  private held: { line: number; end: 'from' | 'to' } | null = null
  private at: Vec2 | null = null
  private drawn: { from: Vec2; to: Vec2 } | null = null
  /** The frame on which the measured line was begun. */
  private begun: string | null = null

  constructor(
    private readonly viewer: Viewer,
    private readonly host: Host,
  ) {
    const { stage, scrollbar } = viewer.screen.overlay
    this.pointer = new Coalescer((at) => {
      host.onPointer?.(at && viewer.pointerAt(at[0], at[1]))
    })
    this.stopMouse = listenToMouse(stage, scrollbar, {
      tool: () => viewer.tool,
      scroll: (by) => this.touch(() => viewer.scrollBy(by)),
      scrollTo: (share) => this.touch(() => viewer.scrollTo(share * (viewer.count - 1))),
      window: (by) => this.window(by),
      zoom: (at, factor) => this.view((f, v, size) => zoomedAt(f, v, size, at, factor)),
      pan: (by) => this.view((f, v, size) => panned(f, v, size, by)),
      lineStart: (at) => this.lineStart(at),
      lineMove: (at) => this.lineMove(at),
      lineEnd: () => this.lineEnd(),
      hover: (at) => {
        this.at = at
        this.pointer.offer(at)
      },
    })
    stage.addEventListener('keydown', this.onKey)
  }

  run(action: Action): void {
    const { viewer, host } = this
    if (action.do === 'scroll') this.touch(() => viewer.scrollBy(action.by))
    else if (action.do === 'ends') {
      this.touch(() => viewer.scrollTo(action.to === 'first' ? 0 : viewer.count - 1))
    } else if (action.do === 'tool') viewer.setTool(action.tool)
    else if (action.do === 'preset') this.preset(action.key)
    else if (action.do === 'zoom') {
      this.view((frame, view, size) =>
        zoomedAt(frame, view, size, [size.width / 2, size.height / 2], action.factor),
      )
    } else if (action.do === 'reset') this.touch(() => viewer.reset())
    else if (action.do === 'flip') this.view((_, view) => ({ ...view, flipped: !view.flipped }))
    else if (action.do === 'turn') this.view((_, view) => ({ ...view, turns: next(view.turns) }))
    else if (action.do === 'overlays') {
      this.touch(() => viewer.change({ bare: !viewer.current()?.choice.bare }))
    } else if (action.do === 'unmeasure') this.unmeasure()
    else if (action.do === 'keyImage') host.onKeyImage?.()
    else if (action.do === 'cite') host.onCite?.()
    else if (action.do === 'help') host.onHelp?.()
    else host.onSeries?.(action.do === 'nextSeries' ? 1 : -1)
  }

  /** The image under a resting pointer has changed, so the pointer is at another place. */
  repoint(): void {
    if (this.at) this.pointer.offer(this.at)
  }

  dispose(): void {
    this.stopMouse()
    this.pointer.dispose()
    this.viewer.screen.overlay.stage.removeEventListener('keydown', this.onKey)
  }

  private onKey = (event: KeyboardEvent): void => {
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    // A held key repeats only scrolling and zooming.
    if (!event.repeat || action.do === 'scroll' || action.do === 'zoom') this.run(action)
  }

  private touch(change: () => void): void {
    this.host.onTouch?.()
    change()
  }

  private view(change: (frame: Frame, view: View, size: Size) => View): void {
    this.touch(() => this.viewer.moveView(change))
  }

  private preset(key: string): void {
    const found = presetsFor(this.viewer.modality).find((preset) => preset.key === key)
    if (found) this.touch(() => this.viewer.setVoi(found.name === 'full' ? 'full' : found.voi))
  }

  private window([dx, dy]: Vec2): void {
    const shown = this.viewer.current()
    if (!shown || shown.colour) return
    this.touch(() => this.viewer.setVoi(dragged(this.viewer.voiNow(shown), dx, dy)))
  }

  private lineStart(at: Vec2): boolean {
    const shown = this.viewer.current()
    if (!shown || shown.pixels.preview) return false // a preview is not measured
    const { marks } = this.viewer.screen
    const held = marks.endAt(shown.frame, shown.matrix, at)
    const place = toPixel(shown.matrix, at)
    if (held) this.held = { line: held.index, end: held.end }
    else if (isInside(shown.frame, place)) this.drawn = { from: place, to: place }
    else return false
    this.begun = frameKey(shown.frame)
    this.host.onTouch?.()
    return true
  }

  private lineMove(at: Vec2): void {
    const shown = this.viewer.current()
    if (!shown) return
    if (frameKey(shown.frame) !== this.begun) {
      this.dropLine()
      return
    }
    const { marks } = this.viewer.screen
    const place = toPixel(shown.matrix, at)
    const { held } = this
    const line = held && marks.linesOn(shown.frame)[held.line]
    if (held && line) marks.move(shown.frame, held.line, { ...line, [held.end]: place })
    else if (this.drawn) {
      this.drawn = { ...this.drawn, to: place }
      marks.sketch(shown.frame, this.drawn)
    }
    this.viewer.screen.drawMarks()
  }

  private lineEnd(): void {
    const shown = this.viewer.current()
    const { drawn } = this
    const same = shown && frameKey(shown.frame) === this.begun
    // A click without a drag measures nothing.
    const long = drawn && Math.hypot(drawn.to[0] - drawn.from[0], drawn.to[1] - drawn.from[1]) > 1
    if (same && drawn && long) this.viewer.screen.marks.keep(shown.frame, drawn)
    this.dropLine()
  }

  private dropLine(): void {
    this.drawn = null
    this.held = null
    this.begun = null
    this.viewer.screen.marks.unsketch()
    this.viewer.screen.drawMarks()
  }

  private unmeasure(): void {
    const shown = this.viewer.current()
    if (shown && this.viewer.screen.marks.removeLast(shown.frame)) this.viewer.screen.drawMarks()
  }
}

const next = (turns: View['turns']): View['turns'] => ((turns + 1) % 4) as View['turns']
