/** Put one decoded frame on a canvas through its window and the view. */
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { Presented } from '../presentation/apply'
import { drawAnnotations } from '../presentation/draw'
import type { Voi } from '../types'
import { type Matrix, matrixOf, type Size, type View } from './camera'
import { paintGrey } from './voi'

const WHITE = 0xffffffff

/** Paints in one grey what a shutter covers. */
function cover(out: Uint32Array, mask: Uint8Array, grey: number): void {
  const colour = (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0
  for (let at = 0; at < mask.length; at++) if (mask[at]) out[at] = colour
}

export class Painter {
  /** The frame in its own pixels, before it is scaled to the stage; tests read it. */
  readonly sheet = document.createElement('canvas')
  private image: ImageData | null = null
  private sheetOf: { pixels: Pixels; voi: string } | null = null

  draw(
    context: CanvasRenderingContext2D,
    size: Size,
    frame: Frame,
    pixels: Pixels,
    voi: Voi,
    view: View,
    presented: Presented | null = null,
    /** How many pixels of the context stand for one of the screen. */
    unit = 1,
  ): Matrix {
    this.fill(frame, pixels, voi, presented)
    const matrix = matrixOf(frame, view, size)
    // The canvas has as many pixels as the screen; the view is measured in CSS pixels.
    const ratio = context.canvas.width / size.width
    const [a, b, c, d, e, f] = matrix
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#000'
    context.fillRect(0, 0, context.canvas.width, context.canvas.height)
    context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
    context.imageSmoothingEnabled = true
    context.imageSmoothingQuality = 'high'
    // A value of a preview stands where every fourth of the picture is.
    const scale = 2 ** (pixels.preview?.halved ?? 0)
    const { width, height } = this.sheet
    context.drawImage(this.sheet, -scale / 2, -scale / 2, width * scale, height * scale)
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    if (presented) drawAnnotations(context, matrix, presented, unit)
    return matrix
  }

  /** Reuses the memory for repaints of the same size, because a drag repaints many times a second. */
  private imageOf(columns: number, rows: number): ImageData {
    if (this.image?.width !== columns || this.image.height !== rows) {
      this.image = new ImageData(columns, rows)
    }
    return this.image
  }

  private fill(frame: Frame, pixels: Pixels, voi: Voi, presented: Presented | null): void {
    const { rows, columns } = pixels.preview ?? frame.instance
    const key = `${voi.center}/${voi.width}/${voi.lut}/${frame.instance.inverted}`
    if (this.sheetOf?.pixels === pixels && (this.sheetOf.voi === key || 'rgba' in pixels)) return
    if (this.sheet.width !== columns) this.sheet.width = columns
    if (this.sheet.height !== rows) this.sheet.height = rows
    const context = this.sheet.getContext('2d')
    if (!context) throw new Error('no canvas')
    const image = this.imageOf(columns, rows)
    const out = new Uint32Array(image.data.buffer)
    if ('rgba' in pixels) image.data.set(pixels.rgba.subarray(0, image.data.length))
    else paintGrey(frame, pixels, voi, out)
    if (presented?.mask) cover(out, presented.mask, presented.state.shutter?.grey ?? 0)
    for (const at of pixels.overlaid ?? []) out[at] = WHITE
    context.putImageData(image, 0, 0)
    this.sheetOf = { pixels, voi: key }
  }
}
