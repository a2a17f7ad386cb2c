/** A round glass over the image, under which it is larger. */
import { frameFor } from '../choice'
import type { Shown } from '../shown'
import type { Vec2 } from '../types'
import { fitScale, scaleOf, toPixel } from '../view/camera'
import type { Painter } from '../view/painter'

const ACROSS = 220
const TIMES = 2.5

export class Lens {
  readonly canvas = document.createElement('canvas')
  /** The point of the stage that is looked at; null: the glass is put away. */
  at: Vec2 | null = null

  constructor() {
    this.canvas.className = 'vw-lens'
    this.canvas.setAttribute('aria-hidden', 'true')
    this.canvas.hidden = true
  }

  draw(shown: Shown | null, painter: Painter): void {
    const { canvas, at } = this
    canvas.hidden = !at || !shown
    if (!at || !shown) return
    const ratio = window.devicePixelRatio || 1
    canvas.width = ACROSS * ratio
    canvas.height = ACROSS * ratio
    canvas.style.left = `${at[0] - ACROSS / 2}px`
    canvas.style.top = `${at[1] - ACROSS / 2}px`
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    const { frame, pixels, voi, view, presented, choice, matrix } = shown
    const size = { width: ACROSS, height: ACROSS }
    const [column, row] = toPixel(matrix, at)
    const zoom = (scaleOf(frame, view, shown.size) * TIMES) / fitScale(frame, size, view.turns)
    const near = { ...view, column, row, zoom }
    painter.draw(context, size, frameFor(frame, choice), pixels, voi, near, presented)
  }
}
