/** A key image: the view as it is painted, with its lengths and letters, as a JPEG. */
import { number, text } from './dicom/json'
import { badgesOf } from './screen/labels'
import { anchorOf, type Marks, markOf } from './screen/marks'
import type { Shown } from './shown'
import type { KeyImage } from './types'
import { toCanvas } from './view/camera'
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
  const font = await fontFor(shown, marks, words)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  painter.draw(context, size, shown.frame, shown.pixels, shown.voi, shown.view)
  context.font = font
  drawMarks(context, shown, marks, words, size)
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
    frame: shown.frame.number,
    voi: shown.voi,
    laterality: shown.frame.laterality || null,
    seriesNumber: number(instance.ds, '00200011'),
    position: shown.index + 1,
    count: shown.count,
    studyDate: text(instance.ds, '00080020'),
    jpeg,
  }
}

/** The page's own font: it has Chinese whatever the machine has, and comes in parts, as they are needed. */
async function fontFor({ frame, view }: Shown, marks: Marks, words: Words): Promise<string> {
  const font = `600 13px ${getComputedStyle(document.body).fontFamily}`
  const said = [
    words.unknownOrientation,
    ...badgesOf(view, words),
    ...marks.linesOn(frame).map((line) => markOf(frame, line, words).text),
  ]
  // Without a line to fetch it by, in the font that is there.
  await document.fonts.load(font, said.join('')).catch(() => [])
  return font
}

function drawMarks(
  context: CanvasRenderingContext2D,
  shown: Shown,
  marks: Marks,
  words: Words,
  size: { width: number; height: number },
): void {
  const unit = size.width / shown.size.width
  context.setTransform(unit, 0, 0, unit, 0, 0)
  context.strokeStyle = '#ffd37a'
  context.fillStyle = '#ffd37a'
  context.lineWidth = 1.5
  for (const line of marks.linesOn(shown.frame)) {
    const [x1, y1] = toCanvas(shown.matrix, line.from)
    const [x2, y2] = toCanvas(shown.matrix, line.to)
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
    const { x, y, align } = anchorOf(line, shown.matrix, shown.size)
    context.textAlign = align
    context.fillText(markOf(shown.frame, line, words).text, x, y)
  }
  const edges = edgesOf(shown.frame, shown.view)
  const { width, height } = shown.size
  context.fillStyle = '#f0d48a'
  context.textAlign = 'right'
  for (const [i, badge] of badgesOf(shown.view, words).reverse().entries()) {
    context.fillText(badge, width - 10, height - 12 - 18 * i)
  }
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  if (!edges) {
    context.fillText(words.unknownOrientation, width / 2, 14)
    return
  }
  context.fillText(edges.left, 16, height / 2)
  context.fillText(edges.right, width - 16, height / 2)
  context.fillText(edges.top, width / 2, 14)
  context.fillText(edges.bottom, width / 2, height - 14)
}
