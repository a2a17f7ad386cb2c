/** What is drawn over the image: the reader's marks, the scale, and other people's pointers. */
import { type Frame, frameKey } from '../dicom/frame'
import type { Shown } from '../shown'
import { Kept } from '../tools/kept'
import { KINDS } from '../tools/kinds'
import type { Mark } from '../tools/mark'
import { anchorOf, placesOf, strokesOf } from '../tools/place'
import { linesOf } from '../tools/text'
import type { Vec2 } from '../types'
import { type Size, scaleOf, toCanvas } from '../view/camera'
import type { Words } from '../words'
import { Pointers } from './pointers'
import { scaleBar } from './scalebar'
import { layer, shape } from './shapes'
import './marks.css'

/** What a drawing rests on. */
export type Under = Pick<Shown, 'frame' | 'view' | 'matrix' | 'size' | 'file'>

const LINE = 15

export class Marks {
  readonly svg = layer()
  readonly pointers = new Pointers()
  /** Where the crosshair of the keys is, in the image's pixels. */
  cursor: Vec2 | null = null
  private draft: { on: string; mark: Mark } | null = null

  constructor(readonly kept = new Kept()) {}

  /** A mark that is being set or moved; shown only on its own frame, in place of the kept one with its id. */
  sketch(frame: Frame, mark: Mark): void {
    this.draft = { on: frameKey(frame), mark }
  }

  unsketch(): void {
    this.draft = null
  }

  draw(under: Under, words: Words): void {
    const { frame, matrix, size } = under
    this.svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`)
    const draft = this.draft?.on === frameKey(frame) ? this.draft.mark : null
    const kept = this.kept.on(frame).filter(({ id }) => id !== draft?.id)
    const drawn = this.kept
      .othersOn(frame)
      .map(({ mark, by }) => markShape(mark, under, words, { by }))
    for (const mark of [...kept, ...(draft ? [draft] : [])]) {
      const chosen = mark === draft || mark.id === this.kept.chosen
      drawn.push(markShape(mark, under, words, { chosen }))
    }
    if (this.kept.hidden && this.kept.any(frame)) drawn.push(hiddenNote(size, words))
    drawn.push(...scaleShapes(under, words), ...this.pointers.shapes(frame, matrix, size))
    if (this.cursor) drawn.push(crosshair(toCanvas(matrix, this.cursor)))
    this.svg.replaceChildren(...drawn)
  }

  /** A line from edge to edge, over what is drawn already. */
  refer([x1, y1]: Vec2, [x2, y2]: Vec2): void {
    this.svg.append(shape('line', { x1, y1, x2, y2, class: 'vw-reference' }))
  }
}

/** Open in the middle, so that the pixel is seen. */
const crosshair = ([x, y]: Vec2): SVGElement =>
  shape('path', {
    d: `M${x - 18} ${y}H${x - 4}M${x + 4} ${y}H${x + 18}M${x} ${y - 18}V${y - 4}M${x} ${y + 4}V${y + 18}`,
    class: 'vw-cursor',
  })

const hiddenNote = (size: Size, words: Words): SVGElement =>
  shape(
    'text',
    { x: size.width / 2, y: 52, 'text-anchor': 'middle', class: 'vw-mark-text' },
    words.marksHidden,
  )

const pathOf = (stroke: readonly Vec2[]): string =>
  `M${stroke.map(([x, y]) => `${x} ${y}`).join('L')}`

/** `by`: whose it is, if not the reader's own. */
type How = { chosen?: boolean; by?: string }

function markShape(mark: Mark, under: Under, words: Words, how: How): SVGElement {
  const { chosen = false, by } = how
  const { matrix, size, file } = under
  const kind = KINDS[mark.kind]
  const group = shape('g', {
    class: by === undefined ? 'vw-mark' : 'vw-mark vw-others',
    'data-kind': mark.kind,
    'data-chosen': `${chosen}`,
  })
  for (const stroke of strokesOf(mark, matrix)) {
    group.append(shape('path', { d: pathOf(stroke), class: 'vw-line' }))
  }
  if (kind.ends || chosen) {
    for (const [cx, cy] of placesOf(mark, matrix))
      group.append(shape('circle', { cx, cy, r: 3.5, class: 'vw-end' }))
  }
  const { x, y, align } = anchorOf(mark, matrix, size)
  const lines = linesOf(mark, file, words, by)
  if (lines.length === 0) return group
  const text = shape('text', { x, y, 'text-anchor': align, class: 'vw-mark-text' })
  text.append(...lines.map((line, i) => shape('tspan', { x, y: y + LINE * i }, line)))
  group.append(text)
  return group
}

function scaleShapes({ frame, view, size }: Under, words: Words): SVGElement[] {
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
