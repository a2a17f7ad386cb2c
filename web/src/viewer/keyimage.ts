/** A key image: the view as it is painted, with its lengths and letters, as a JPEG. */
import { frameFor } from './choice'
import { number, text } from './dicom/json'
import { badgesOf, dateOf, presentationWords, timeOf } from './screen/labels'
import type { Marks } from './screen/marks'
import { scaleBar } from './screen/scalebar'
import type { Shown } from './shown'
import type { Mark } from './tools/mark'
import { anchorOf, strokesOf } from './tools/place'
import { linesOf } from './tools/text'
import type { KeyImage, Vec2 } from './types'
import { type Size, scaleOf } from './view/camera'
import { edgesOf } from './view/orientation'
import type { Painter } from './view/painter'
import type { Words } from './words'

const LONGEST = 1600

export async function keyImageOf(
  shown: Shown,
  painter: Painter,
  marks: Marks,
  words: Words,
): Promise<KeyImage> {
  const factor = LONGEST / Math.max(shown.size.width, shown.size.height)
  const size = {
    width: Math.round(shown.size.width * factor),
    height: Math.round(shown.size.height * factor),
  }
  const family = await fontFor(shown, marks, words)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  const { pixels, voi, view, presented } = shown
  const frame = frameFor(shown.frame, shown.choice)
  painter.draw(context, size, frame, pixels, voi, view, presented, factor)
  drawMarks(context, family, shown, marks, words, size)
  const jpeg = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('no picture'))),
      'image/jpeg',
      0.92,
    ),
  )
  const { instance } = shown.frame
  return {
    hospital: instance.hospital,
    studyUid: instance.study,
    seriesUid: instance.series,
    sopUid: instance.uid,
    sopClassUid: text(instance.ds, '00080016'),
    frame: shown.frame.number,
    voi: shown.voi,
    laterality: shown.frame.laterality || null,
    seriesNumber: number(instance.ds, '00200011'),
    position: shown.index + 1,
    count: shown.count,
    takenAt: [dateOf(text(instance.ds, '00080020')), timeOf(text(instance.ds, '00080030'))]
      .filter(Boolean)
      .join(' '),
    bodyPart: text(instance.ds, '00180015'),
    jpeg,
  }
}

/** How wide the record prints a key image: a third of its text, in points. The letters are drawn for that size. */
const PRINTED = 160
const LETTER = 9
const WORD = 7

/** The page's own font: it has Chinese whatever the machine has, and comes in parts, as they are needed. */
async function fontFor(shown: Shown, marks: Marks, words: Words): Promise<string> {
  const { frame } = shown
  const family = getComputedStyle(document.body).fontFamily
  const said = [
    words.unknownOrientation,
    ...badgesIn(shown, words),
    ...everybodys(marks, frame).flatMap(({ mark, by }) => linesOf(mark, shown.file, words, by)),
    scaleWords(frame, words),
  ]
  // Without a line to fetch it by, in the font that is there.
  await document.fonts.load(`600 13px ${family}`, said.join('')).catch(() => [])
  return family
}

/** As on the screen: the others' below one's own. */
const everybodys = ({ kept }: Marks, frame: Shown['frame']): { mark: Mark; by?: string }[] => [
  ...kept.othersOn(frame),
  ...kept.on(frame).map((mark) => ({ mark })),
]

const badgesIn = (shown: Shown, words: Words): string[] =>
  [
    shown.pixels.byArchive ? words.byArchive : '',
    shown.pixels.hidden ? words.overlaysHidden : '',
    presentationWords(shown, words),
    ...badgesOf(shown, words),
  ].filter((badge) => badge !== '')

function drawMarks(
  context: CanvasRenderingContext2D,
  family: string,
  shown: Shown,
  marks: Marks,
  words: Words,
  size: Size,
): void {
  const unit = size.width / shown.size.width
  context.setTransform(unit, 0, 0, unit, 0, 0)
  context.lineJoin = 'round'
  const pen = penOf(context, family, shown.size)
  for (const { mark, by } of everybodys(marks, shown.frame)) {
    const colour = by === undefined ? MARK : OTHERS
    for (const stroke of strokesOf(mark, shown.matrix)) pen.stroke(colour, stroke)
    const { x, y, align } = anchorOf(mark, shown.matrix, shown.size)
    for (const [i, line] of linesOf(mark, shown.file, words, by).entries())
      pen.word(line, x, y + 1.3 * pen.size * i, align, colour)
  }
  const { width, height } = shown.size
  for (const [i, badge] of badgesIn(shown, words).reverse().entries()) {
    pen.word(badge, width - pen.pad, height - pen.pad - 1.4 * pen.size * i, 'end', EDGE)
  }
  drawScale(pen, shown, words)
  drawEdges(pen, shown, words)
}

function drawEdges(pen: Pen, { frame, view, size: { width, height } }: Shown, words: Words): void {
  const edges = edgesOf(frame, view)
  const [low, high, middle] = [height - pen.pad, pen.pad + pen.letterSize, width / 2]
  const beside = (height + pen.letterSize) / 2
  if (!edges) {
    pen.letter(words.unknownOrientation, middle, high, 'center')
    return
  }
  pen.letter(edges.left, pen.pad, beside, 'start')
  pen.letter(edges.right, width - pen.pad, beside, 'end')
  pen.letter(edges.top, middle, high, 'center')
  pen.letter(edges.bottom, middle, low, 'center')
}

/** The bar of the screen, at the lower left. */
function drawScale(pen: Pen, { frame, view, size }: Shown, words: Words): void {
  if (frame.spacing.basis === 'none') return
  const bar = scaleBar(scaleOf(frame, view, size), size.width / 4)
  if (!bar) return
  const [left, y, tick] = [pen.pad, size.height - pen.pad, pen.size / 3]
  const right = left + bar.pixels
  pen.stroke(SCALE, [
    [left, y - tick],
    [left, y],
    [right, y],
    [right, y - tick],
  ])
  pen.word(`${bar.label} ${scaleWords(frame, words)}`.trim(), left, y - 1.5 * tick, 'start', SCALE)
}

/** What the scale is of, where that is not plainly the patient. */
const scaleWords = ({ spacing: { basis } }: Shown['frame'], words: Words): string =>
  basis === 'detector' || basis === 'unknown' ? words.basis[basis] : ''

const [MARK, OTHERS, EDGE, SCALE] = ['#ffd37a', '#4fd3f0', '#f0d48a', '#ffffff']
const HALO = 'rgb(0 0 0 / 0.75)'

type Pen = ReturnType<typeof penOf>

/** Writes in sizes that can be read on paper, with a dark halo over bright bone, and inside the picture. */
function penOf(context: CanvasRenderingContext2D, family: string, { width }: Size) {
  const points = (n: number) => (n / PRINTED) * width
  const pad = points(4)
  const write = (
    points_: number,
    text: string,
    x: number,
    y: number,
    align: 'start' | 'center' | 'end',
    colour: string,
  ) => {
    context.font = `600 ${points(points_)}px ${family}`
    const wide = context.measureText(text).width
    const wanted = align === 'start' ? x : align === 'end' ? x - wide : x - wide / 2
    const left = Math.max(pad, Math.min(wanted, width - pad - wide))
    context.lineWidth = points(1.6)
    context.strokeStyle = HALO
    context.strokeText(text, left, y)
    context.fillStyle = colour
    context.fillText(text, left, y)
  }
  return {
    pad,
    size: points(WORD),
    /** The height of a capital. */
    letterSize: points(LETTER) * 0.72,
    letter: (text: string, x: number, y: number, align: 'start' | 'center' | 'end') =>
      write(LETTER, text, x, y, align, EDGE),
    word: (text: string, x: number, y: number, align: 'start' | 'end', colour: string) =>
      write(WORD, text, x, y, align, colour),
    stroke(colour: string, places: readonly Vec2[]) {
      for (const [style, thick] of [
        [HALO, 2],
        [colour, 1],
      ] as const) {
        context.strokeStyle = style
        context.lineWidth = points(thick)
        context.beginPath()
        for (const [i, [x, y]] of places.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](x, y)
        context.stroke()
      }
    },
  }
}
