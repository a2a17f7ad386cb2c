import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Controls } from './controls'
import { type Frame, framesOf, instanceOf } from './dicom/frame'
import { Marks } from './screen/marks'
import type { Viewer } from './viewer'

function slice(n: number): Frame {
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: [`1.${n}`] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
  })
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return frame
}

const [ONE, TWO] = [slice(1), slice(2)]

describe('controls', () => {
  const marks = new Marks()
  const stage = document.createElement('div')
  stage.setPointerCapture = () => {}
  let shown: Frame = ONE
  let preview: object | null = null
  const viewer = {
    tool: 'length',
    modality: 'CT',
    scrollBy: vi.fn(),
    moveView: vi.fn(),
    current: () => ({ frame: shown, matrix: [1, 0, 0, 1, 0, 0], pixels: { preview } }),
    screen: {
      marks,
      drawMarks: () => {},
      overlay: { stage, scrollbar: document.createElement('div') },
    },
  }
  const host = { onTouch: vi.fn(), onKeyImage: vi.fn() }
  let controls: Controls

  beforeEach(() => {
    shown = ONE
    preview = null
    controls = new Controls(viewer as unknown as Viewer, host)
  })
  afterEach(() => {
    controls.dispose()
    for (const frame of [ONE, TWO]) while (marks.removeLast(frame));
    vi.clearAllMocks()
  })

  const mouse = (type: string, x: number, y: number) =>
    stage.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1 }))

  describe('a length', () => {
    it('is not measured on a preview', () => {
      preview = { rows: 4, columns: 4, halved: 2 }
      mouse('pointerdown', 10, 10)
      mouse('pointermove', 40, 50)
      mouse('pointerup', 40, 50)
      expect(marks.linesOn(ONE)).toEqual([])
      expect(host.onTouch).not.toHaveBeenCalled()
    })

    it('is kept on its slice, and whoever measures looks for themselves', () => {
      mouse('pointerdown', 10, 10)
      expect(host.onTouch).toHaveBeenCalledTimes(1)
      mouse('pointermove', 40, 50)
      mouse('pointerup', 40, 50)
      expect(marks.linesOn(ONE)).toEqual([{ from: [10, 10], to: [40, 50] }])
    })

    it.each([
      ['before the mouse moves on', ['pointermove', 'pointerup']],
      ['before the mouse is let go', ['pointerup']],
    ])('goes when the slice changes %s', (_, rest) => {
      mouse('pointerdown', 10, 10)
      mouse('pointermove', 30, 30)
      shown = TWO
      for (const type of rest) mouse(type, 40, 50)
      shown = ONE
      mouse('pointermove', 60, 60)
      expect(marks.linesOn(ONE)).toEqual([])
      expect(marks.linesOn(TWO)).toEqual([])
    })

    it('of another slice is not pulled by an end that was taken hold of', () => {
      const line = { from: [10, 10], to: [40, 50] } as const
      marks.keep(ONE, line)
      marks.keep(TWO, line)
      mouse('pointerdown', 10, 10)
      shown = TWO
      mouse('pointermove', 20, 20)
      mouse('pointerup', 20, 20)
      expect(marks.linesOn(TWO)).toEqual([line])
    })
  })

  describe('a key that is held down', () => {
    const press = (key: string, repeat: boolean) =>
      stage.dispatchEvent(new KeyboardEvent('keydown', { key, repeat, cancelable: true }))

    it('scrolls on, but does everything else once', () => {
      for (const repeat of [false, true, true]) {
        press('ArrowDown', repeat)
        press('k', repeat)
        press('h', repeat)
      }
      expect(viewer.scrollBy).toHaveBeenCalledTimes(3)
      expect(host.onKeyImage).toHaveBeenCalledTimes(1)
      expect(viewer.moveView).toHaveBeenCalledTimes(1)
    })
  })
})

describe('a length that is being drawn', () => {
  it('is seen on its own slice only', () => {
    const marks = new Marks()
    const words = { basis: {} } as never
    const view = { column: 0, row: 0, zoom: 1, turns: 0, flipped: false } as const
    const drawn = (frame: Frame) => {
      marks.draw(frame, view, [1, 0, 0, 1, 0, 0], { width: 100, height: 100 }, words)
      return marks.svg.querySelectorAll('.vw-length').length
    }
    marks.sketch(ONE, { from: [0, 0], to: [9, 9] })
    expect([drawn(ONE), drawn(TWO)]).toEqual([1, 0])
  })
})
