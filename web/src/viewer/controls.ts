/** Mouse and keys of a viewer: what each gesture does to the image. */

import { Cine } from './cine'
import type { Frame } from './dicom/frame'
import { Cursor } from './input/cursor'
import { type Action, actionOf } from './input/keys'
import { Measuring } from './input/measuring'
import { listenToMouse } from './input/mouse'
import { Coalescer } from './share'
import type { Place, Vec2, Voi } from './types'
import { mirrored, panned, type Size, type View, zoomedAt } from './view/camera'
import { dragged, nextWindow, presetsFor, wantedBy } from './view/voi'
import type { Viewer } from './viewer'

export type Host = {
  /** The reader's pointer over the image, at most twenty times a second; null when it left. */
  onPointer?: (place: Place | null) => void
  /** The reader changed the view, and so stops following. */
  onTouch?: () => void
  onKeyImage?: () => void
  /** The last measurement is wanted elsewhere. */
  onCite?: () => void
  /** The reader's marks are to be kept. */
  onSave?: () => void
  onHelp?: () => void
  /** A film begins or ends. */
  onPlaying?: (playing: boolean) => void
  onSeries?: (by: 1 | -1) => void
  /** Another number of viewports, or in step or not: only where there may be several. */
  onLayout?: () => void
  onLink?: () => void
}

export class Controls {
  private readonly stopMouse: () => void
  private readonly pointer: Coalescer<Vec2 | null>
  private readonly measuring: Measuring
  private readonly cursor: Cursor
  private readonly cine: Cine
  private at: Vec2 | null = null

  constructor(
    private readonly viewer: Viewer,
    private readonly host: Host,
  ) {
    const { stage, scrollbar } = viewer.screen.overlay
    this.measuring = new Measuring(viewer, () => host.onTouch?.())
    this.cursor = new Cursor(viewer, this.measuring)
    this.cine = new Cine(viewer, (playing) => host.onPlaying?.(playing))
    this.pointer = new Coalescer((at) => {
      host.onPointer?.(at && viewer.screen.placeAt(at))
    })
    this.stopMouse = listenToMouse(stage, scrollbar, {
      tool: () => viewer.tool,
      scroll: (by) => this.scroll(() => viewer.scrollBy(by)),
      scrollTo: (share) => this.scroll(() => viewer.scrollTo(share * (viewer.count - 1))),
      window: (by) => this.window(by),
      zoom: (at, factor) => this.view((f, v, size) => zoomedAt(f, v, size, at, factor)),
      pan: (by) => this.view((f, v, size) => panned(f, v, size, by)),
      press: (at) => {
        this.cursor.leave()
        return this.measuring.press(at)
      },
      aim: (at) => this.measuring.move(at),
      release: (at) => this.measuring.release(at),
      cancel: () => this.measuring.cancel(),
      hover: (at) => {
        this.at = at
        this.pointer.offer(at)
      },
      magnify: (at) => viewer.screen.magnify(at),
    })
    stage.addEventListener('keydown', this.onKey)
  }

  run(action: Action): void {
    const { viewer, host } = this
    if (action.do === 'scroll') this.scroll(() => viewer.scrollBy(action.by))
    else if (action.do === 'ends') {
      this.scroll(() => viewer.scrollTo(action.to === 'first' ? 0 : viewer.count - 1))
    } else if (action.do === 'tool') viewer.setTool(action.tool)
    else if (action.do === 'preset') this.preset(action.key)
    else if (action.do === 'zoom') {
      this.view((frame, view, size) =>
        zoomedAt(frame, view, size, [size.width / 2, size.height / 2], action.factor),
      )
    } else if (action.do === 'reset') this.touch(() => viewer.reset())
    else if (action.do === 'flip') this.view((_, view) => mirrored(view, action.axis))
    else if (action.do === 'turn') this.view((_, view) => ({ ...view, turns: next(view.turns) }))
    else if (action.do === 'overlays') {
      const shown = viewer.current()
      if (shown) this.touch(() => viewer.change({ bare: !shown.choice.bare }))
    } else if (action.do === 'invert') this.invert()
    else if (action.do === 'fileWindow') this.fileWindow()
    else if (action.do === 'cine') this.film()
    else if (action.do === 'unmeasure') this.measuring.remove()
    else if (action.do === 'marks') this.marks()
    else if (action.do === 'undo') this.measuring.undo()
    else if (action.do === 'redo') this.measuring.redo()
    else if (action.do === 'cancel') this.measuring.cancel()
    else if (action.do === 'point') this.cursor.enter()
    else if (action.do === 'keyImage') host.onKeyImage?.()
    else if (action.do === 'cite') host.onCite?.()
    else if (action.do === 'saveMarks') host.onSave?.()
    else if (action.do === 'help') host.onHelp?.()
    else if (action.do === 'layout') host.onLayout?.()
    else if (action.do === 'link') host.onLink?.()
    else host.onSeries?.(action.do === 'nextSeries' ? 1 : -1)
  }

  /** The image under a resting pointer has changed, so the pointer is at another place. */
  repoint(): void {
    if (this.at) this.pointer.offer(this.at)
  }

  dispose(): void {
    this.stopMouse()
    this.cine.dispose()
    this.pointer.dispose()
    this.viewer.screen.overlay.stage.removeEventListener('keydown', this.onKey)
  }

  private onKey = (event: KeyboardEvent): void => {
    if (this.cursor.key(event)) {
      event.preventDefault()
      return
    }
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

  /** Whoever scrolls wants to stay where they come to. */
  private scroll(change: () => void): void {
    this.cine.stop()
    this.touch(change)
  }

  private film(): void {
    if (this.cine.playing) this.cine.stop()
    else this.touch(() => this.cine.start())
  }

  /** Hides everybody's marks, or shows them again. */
  private marks(): void {
    const { kept } = this.viewer.screen.marks
    kept.hide(!kept.hidden)
  }

  private invert(): void {
    const shown = this.viewer.current()
    if (!shown || shown.colour) return
    this.touch(() => this.viewer.change({ inverted: !shown.choice.inverted }))
  }

  private fileWindow(): void {
    const shown = this.viewer.current()
    const voi = shown && !shown.colour && nextWindow(shown.frame, this.viewer.voiNow(shown))
    if (voi) this.setWindow(voi)
  }

  setWindow(voi: Voi): void {
    this.touch(() => this.viewer.setVoi(voi))
  }

  private preset(key: string): void {
    const frame = this.viewer.current()?.frame ?? null
    const found = presetsFor(this.viewer.modality, frame).find((preset) => preset.key === key)
    if (found) this.touch(() => this.viewer.setVoi(wantedBy(found)))
  }

  private window([dx, dy]: Vec2): void {
    const shown = this.viewer.current()
    if (!shown || shown.colour) return
    this.touch(() => this.viewer.setVoi(dragged(this.viewer.voiNow(shown), dx, dy)))
  }
}

const next = (turns: View['turns']): View['turns'] => ((turns + 1) % 4) as View['turns']
