import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Controls } from '../controls'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import { Marks } from '../screen/marks'
import type { Viewer } from '../viewer'

function image(uid: string): Frame {
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: [uid] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
  })
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return frame
}

const frame = image('1.1')
const beside = image('1.2')
const hint = vi.fn()
const moveView = vi.fn()
const stage = document.createElement('div')
stage.setPointerCapture = () => {}
const PLAIN = [1, 0, 0, 1, 0, 0]
/** A quarter clockwise: what lies right in the image lies below on the screen. */
const TURNED = [0, 1, -1, 0, 100, 0]

let marks: Marks
let on = frame
let controls: Controls
let matrix = PLAIN
let preview: object | null = null
let tool = 'length'

beforeEach(() => {
  marks = new Marks()
  on = frame
  matrix = PLAIN
  preview = null
  tool = 'length'
  const viewer = {
    get tool() {
      return tool
    },
    modality: 'CT',
    scrollBy: vi.fn(),
    moveView,
    current: () => ({ frame: on, matrix, pixels: { preview }, size: { width: 100, height: 100 } }),
    screen: {
      marks,
      drawMarks: () => {},
      unsketch: () => marks.unsketch(),
      words: { measure: { wait: 'wait', next: {}, note: 'note' } },
      overlay: { stage, scrollbar: document.createElement('div'), hint },
    },
  }
  controls = new Controls(viewer as unknown as Viewer, { onSeries })
})
const onSeries = vi.fn()
afterEach(() => {
  controls.dispose()
  vi.clearAllMocks()
})

const press = (...keys: string[]) => {
  for (const key of keys)
    stage.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: false }))
}
const fast = (key: string) =>
  stage.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: true }))
const places = () => marks.kept.on(frame).map(({ points }) => points)

it('a length is measured from pixel to pixel, as with the mouse', () => {
  press('Enter', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown')
  fast('ArrowRight')
  press('Enter')
  expect(places()).toEqual([
    [
      [50, 50],
      [62, 51],
    ],
  ])
})

it('arrows go as the screen shows the image', () => {
  matrix = TURNED
  press('Enter', 'ArrowRight', 'ArrowUp', 'Enter', 'ArrowDown', 'Enter')
  expect(places()).toEqual([
    [
      [49, 49],
      [50, 49],
    ],
  ])
})

it('neighbouring pixels are two places; an outline closes where a place is set twice', () => {
  tool = 'polygon'
  press('Enter', 'Enter', 'ArrowRight', 'Enter', 'ArrowDown', 'Enter', 'Enter')
  expect(places()).toEqual([
    [
      [50, 50],
      [51, 50],
      [51, 51],
    ],
  ])
})

it('a place that is there is chosen by brackets and moved until Enter', () => {
  press('Enter', 'Enter', 'ArrowRight', 'Enter')
  press(']', 'ArrowUp', ']', 'ArrowDown', 'Enter')
  expect(places()).toEqual([
    [
      [50, 49],
      [51, 51],
    ],
  ])
  expect(onSeries).not.toHaveBeenCalled()
  press('Delete')
  expect(places()).toEqual([])
})

it.each(['Enter', ']'])('a place that is held does not go to another slice: %s', (key) => {
  press('Enter', 'Enter', 'ArrowRight', 'Enter')
  const before = places()
  press(']', 'ArrowUp')
  on = beside
  press(key)
  expect(marks.kept.on(beside)).toEqual([])
  expect(places()).toEqual(before)
})

it('Escape gives up what is not finished, then the crosshair; brackets are again for series', () => {
  press('Enter', 'Enter', 'ArrowRight', 'Escape')
  expect(marks.cursor).not.toBeNull()
  press('Escape')
  expect([marks.cursor, places()]).toEqual([null, []])
  press(']')
  expect(onSeries).toHaveBeenCalledWith(1)
})

it('the crosshair stays in the image, and the view goes along where it would leave the screen', () => {
  press('Enter')
  for (let n = 0; n < 6; n++) fast('ArrowLeft')
  expect(marks.cursor).toEqual([-0.5, 50])
  expect(moveView).toHaveBeenCalled()
})

it('a preview is not measured, which is said; without a tool or a mark there is no crosshair', () => {
  preview = { rows: 4, columns: 4, halved: 2 }
  press('Enter', 'Enter')
  expect(hint).toHaveBeenLastCalledWith('wait')
  press('Escape', 'Escape')
  tool = 'window'
  press('Enter')
  expect(marks.cursor).toBeNull()
})

it('the mouse takes the crosshair away', () => {
  press('Enter')
  stage.dispatchEvent(new PointerEvent('pointerdown', { clientX: 1, clientY: 1, pointerId: 1 }))
  expect(marks.cursor).toBeNull()
})
