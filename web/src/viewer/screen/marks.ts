/** What is drawn over the image: lengths, the scale, and other people's pointers. */
import type { Frame } from '../dicom/frame'
import { frameKey } from '../dicom/frame'
import { type Length, lengthOf, spacingAlong } from '../dicom/spacing'
import type { RemotePointer, Vec2 } from '../types'
import { fromPatient, type Matrix, type Size, scaleOf, toCanvas, type View } from '../view/camera'
import type { Words } from '../words'
import { scaleBar } from './scalebar'

export type Line = { from: Vec2; to: Vec2 }
export type Mark = { line: Line; length: Length; text: string }

const SVG = 'http://www.w3.org/2000/svg'

function shape(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  if (text) element.textContent = text
  return element
}

export function markOf(frame: Frame, line: Line, words: Words): Mark {
  const spacing = spacingAlong(frame.instance.ds, frame.spacing, line.from, line.to)
  const length = lengthOf(spacing, line.from, line.to)
  const basis = words.basis[length.basis]
  const value = `${length.value.toFixed(length.unit === 'mm' ? 1 : 0)} ${length.unit}`
  return { line, length, text: basis ? `${value} ${basis}` : value }
}

export type Anchor = { x: number; y: number; align: 'start' | 'end' }

/** The position of a length's number: at its right end, or inside if the edge is near. */
export function anchorOf(line: Line, matrix: Matrix, size: Size): Anchor {
  const [from, to] = [toCanvas(matrix, line.from), toCanvas(matrix, line.to)]
  const [x, y] = from[0] > to[0] ? from : to
  const fits = x < size.width - 150
  return { x: x + (fits ? 10 : -10), y: y + 4, align: fits ? 'start' : 'end' }
}

/** The position of a remote pointer on the painted frame; null if it points at another. */
export function pointerOn(frame: Frame, pointer: RemotePointer): Vec2 | null {
  const { place } = pointer
  const { hospital, study } = frame.instance
  if (!place || place.hospital !== hospital || place.study !== study) return null
  if (place.instance === frame.instance.uid && place.frame === frame.number) {
    return [place.column, place.row]
  }
  if (!place.patient || place.frameOfReference !== frame.instance.frameOfReference) return null
  const near = place.frameOfReference ? fromPatient(frame, place.patient) : null
  return near && near.off <= Math.max(0.5, (frame.thickness ?? 1) / 2) ? near.pixel : null
}

export class Marks {
  readonly svg: SVGSVGElement
  private readonly lines = new Map<string, Line[]>()
  private draft: { on: string; line: Line } | null = null
  private readonly pointers = new Map<string, RemotePointer>()
  nameOf: (id: string) => string = () => ''

  constructor() {
    this.svg = document.createElementNS(SVG, 'svg')
    this.svg.setAttribute('class', 'vw-marks')
    this.svg.setAttribute('aria-hidden', 'true')
  }

  linesOn = (frame: Frame): readonly Line[] => this.lines.get(frameKey(frame)) ?? []

  /** The line that is being drawn; shown only on its own frame. */
  sketch(frame: Frame, line: Line): void {
    this.draft = { on: frameKey(frame), line }
  }

  unsketch(): void {
    this.draft = null
  }

  keep(frame: Frame, line: Line): void {
    this.lines.set(frameKey(frame), [...this.linesOn(frame), line])
  }

  move(frame: Frame, at: number, line: Line): void {
    this.lines.set(
      frameKey(frame),
      this.linesOn(frame).map((old, i) => (i === at ? line : old)),
    )
  }

  removeLast(frame: Frame): boolean {
    const left = this.linesOn(frame).slice(0, -1)
    const had = this.linesOn(frame).length > 0
    this.lines.set(frameKey(frame), left)
    return had
  }

  /** The end of a line at a point of the canvas, to drag it. */
  endAt(frame: Frame, matrix: Matrix, at: Vec2): { index: number; end: 'from' | 'to' } | null {
    for (const [index, line] of this.linesOn(frame).entries()) {
      for (const end of ['from', 'to'] as const) {
        const [x, y] = toCanvas(matrix, line[end])
        if (Math.hypot(x - at[0], y - at[1]) <= 10) return { index, end }
      }
    }
    return null
  }

  point(pointer: RemotePointer): void {
    if (pointer.place) this.pointers.set(pointer.id, pointer)
    else this.pointers.delete(pointer.id)
  }

  draw(frame: Frame, view: View, matrix: Matrix, size: Size, words: Words): void {
    this.svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`)
    const drawn: SVGElement[] = []
    const draft = this.draft?.on === frameKey(frame) ? [this.draft.line] : []
    for (const line of [...this.linesOn(frame), ...draft]) {
      drawn.push(...this.lineShapes(markOf(frame, line, words), matrix, size))
    }
    drawn.push(...this.scaleShapes(frame, view, size, words))
    for (const pointer of this.pointers.values()) {
      const pixel = pointerOn(frame, pointer)
      const name = this.nameOf(pointer.id)
      if (pixel) drawn.push(pointerShape(name, toCanvas(matrix, pixel), size))
    }
    this.svg.replaceChildren(...drawn)
  }

  private lineShapes(mark: Mark, matrix: Matrix, size: Size): SVGElement[] {
    const [x1, y1] = toCanvas(matrix, mark.line.from)
    const [x2, y2] = toCanvas(matrix, mark.line.to)
    const { x, y, align } = anchorOf(mark.line, matrix, size)
    return [
      shape('line', { x1, y1, x2, y2, class: 'vw-length' }),
      shape('circle', { cx: x1, cy: y1, r: 3.5, class: 'vw-end' }),
      shape('circle', { cx: x2, cy: y2, r: 3.5, class: 'vw-end' }),
      shape('text', { x, y, 'text-anchor': align, class: 'vw-length-text' }, mark.text),
    ]
  }

  private scaleShapes(frame: Frame, view: View, size: Size, words: Words): SVGElement[] {
    const { basis } = frame.spacing
    if (basis === 'none') return []
    const bar = scaleBar(scaleOf(frame, view, size), Math.min(180, size.width / 4))
    if (!bar) return []
    const right = size.width - 130
    const left = right - bar.pixels
    // In a narrow window, above the letter at the lower edge.
    const y = size.height - (left < size.width / 2 + 14 ? 44 : 22)
    const middle = (left + right) / 2
    return [
      shape('path', {
        d: `M${left} ${y - 5}V${y + 5}M${right} ${y - 5}V${y + 5}M${left} ${y}H${right}M${middle} ${y - 3}V${y + 3}`,
        class: 'vw-scale',
      }),
      shape(
        'text',
        { x: middle, y: y - 10, 'text-anchor': 'middle', class: 'vw-scale-text' },
        // Name the basis if the scale is that of the detector's plane, or not known to be the patient's.
        basis === 'detector' || basis === 'unknown'
          ? `${bar.label} ${words.basis[basis]}`
          : bar.label,
      ),
    ]
  }
}

function pointerShape(name: string, [x, y]: Vec2, size: Size): SVGElement {
  const group = shape('g', { class: 'vw-pointer', 'data-x': x.toFixed(2), 'data-y': y.toFixed(2) })
  const outside = x < 0 || y < 0 || x > size.width || y > size.height
  if (outside) group.setAttribute('visibility', 'hidden')
  group.append(
    shape('circle', { cx: x, cy: y, r: 8 }),
    shape('circle', { cx: x, cy: y, r: 1.5, class: 'vw-dot' }),
    shape('text', { x, y: y > 30 ? y - 14 : y + 26, 'text-anchor': 'middle' }, name),
  )
  return group
}
