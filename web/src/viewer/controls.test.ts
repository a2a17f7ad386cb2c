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

const LINE = [
  [10, 10],
  [40, 50],
] as const

describe('controls', () => {
  const hint = vi.fn()
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
      unsketch: () => marks.unsketch(),
      words: { measure: { wait: 'wait', next: {}, note: 'note' } },
      overlay: { stage, scrollbar: document.createElement('div'), hint },
    },
  }
  const placesOn = (frame: Frame) => marks.kept.on(frame).map(({ points }) => points)
  const host = { onTouch: vi.fn(), onKeyImage: vi.fn() }
  let controls: Controls

  beforeEach(() => {
    shown = ONE
    preview = null
    controls = new Controls(viewer as unknown as Viewer, host)
  })
  afterEach(() => {
    controls.dispose()
    for (const frame of [ONE, TWO]) while (marks.kept.remove(frame));
    viewer.tool = 'length'
    vi.clearAllMocks()
  })

  const mouse = (type: string, x: number, y: number) =>
    stage.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1 }))

  describe('a length', () => {
    it('is not measured on a preview, which says why', () => {
      preview = { rows: 4, columns: 4, halved: 2 }
      mouse('pointerdown', 10, 10)
      mouse('pointermove', 40, 50)
      mouse('pointerup', 40, 50)
      expect(placesOn(ONE)).toEqual([])
      expect(hint).toHaveBeenLastCalledWith('wait')
      expect(host.onTouch).not.toHaveBeenCalled()
    })

    it('is kept on its slice, and whoever measures looks for themselves', () => {
      mouse('pointerdown', 10, 10)
      expect(host.onTouch).toHaveBeenCalledTimes(1)
      mouse('pointermove', 40, 50)
      mouse('pointerup', 40, 50)
      expect(placesOn(ONE)).toEqual([LINE])
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
      expect(placesOn(ONE)).toEqual([])
      expect(placesOn(TWO)).toEqual([])
    })

    it('of another slice is not pulled by an end that was taken hold of', () => {
      const line = { id: 'a', kind: 'length', points: LINE, text: '' } as const
      marks.kept.put(ONE, line)
      marks.kept.put(TWO, line)
      mouse('pointerdown', 10, 10)
      shown = TWO
      mouse('pointermove', 20, 20)
      mouse('pointerup', 20, 20)
      expect(placesOn(TWO)).toEqual([LINE])
    })
  })

  describe('a mark', () => {
    const drag = (
      ...[from, to]: readonly [readonly [number, number], readonly [number, number]]
    ) => {
      mouse('pointerdown', ...from)
      mouse('pointermove', ...to)
      mouse('pointerup', ...to)
    }
    const click = (x: number, y: number) => drag([x, y], [x, y])
    const press = (key: string, more: KeyboardEventInit = {}) =>
      stage.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...more }))

    it('is set by clicks as well as by a drag', () => {
      viewer.tool = 'length'
      click(10, 10)
      mouse('pointermove', 30, 30)
      click(40, 50)
      expect(placesOn(ONE)).toEqual([LINE])
    })

    it('of three places takes a drag and a click', () => {
      viewer.tool = 'angle'
      drag([10, 10], [40, 10])
      click(40, 50)
      expect(placesOn(ONE)).toEqual([
        [
          [10, 10],
          [40, 10],
          [40, 50],
        ],
      ])
    })

    it('of any number of places ends on its first', () => {
      viewer.tool = 'polygon'
      for (const [x, y] of [
        [10, 10],
        [50, 10],
        [50, 40],
        [12, 12],
      ] as const)
        click(x, y)
      expect(placesOn(ONE)[0]).toHaveLength(3)
    })

    it('begun with one tool is not finished with another', () => {
      viewer.tool = 'cobb'
      drag([10, 10], [40, 10])
      viewer.tool = 'length'
      drag([10, 10], [40, 50])
      expect(placesOn(ONE)).toEqual([LINE])
    })

    it('is moved by its line or one of its places with any tool, and that is undone and done again', () => {
      drag(...LINE)
      viewer.tool = 'window'
      drag([25, 30], [30, 32])
      const moved = [
        [15, 12],
        [45, 52],
      ]
      expect(placesOn(ONE)).toEqual([moved])
      drag([45, 52], [60, 60])
      expect(placesOn(ONE)).toEqual([[moved[0], [60, 60]]])
      press('z', { ctrlKey: true })
      expect(placesOn(ONE)).toEqual([moved])
      press('z', { ctrlKey: true })
      press('z', { ctrlKey: true })
      expect(placesOn(ONE)).toEqual([])
      press('y', { ctrlKey: true })
      expect(placesOn(ONE)).toEqual([LINE])
    })

    it('never leaves the image', () => {
      drag(...LINE)
      drag([25, 30], [99, 99])
      expect(placesOn(ONE)).toEqual([
        [
          [69.5, 59.5],
          [99.5, 99.5],
        ],
      ])
    })

    it('that is chosen is deleted, else the last one', () => {
      drag(...LINE)
      drag([60, 10], [90, 10])
      click(25, 30)
      press('Delete')
      expect(placesOn(ONE)).toEqual([
        [
          [60, 10],
          [90, 10],
        ],
      ])
      press('Delete')
      expect(placesOn(ONE)).toEqual([])
    })

    it('that points at something gets its text, and a second click changes it', async () => {
      viewer.tool = 'arrow'
      const write = async (text: string) => {
        const field = stage.querySelector('input') as HTMLInputElement
        field.value = text
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
        await vi.waitFor(() => expect(marks.kept.on(ONE)[0]?.text).toBe(text))
      }
      drag(...LINE)
      await write('破口')
      click(25, 30)
      await write('内膜破口')
      expect(placesOn(ONE)).toEqual([LINE])
    })

    it('that was begun goes with Escape', () => {
      viewer.tool = 'length'
      click(10, 10)
      press('Escape')
      click(40, 50)
      expect(placesOn(ONE)).toEqual([])
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
      const file = { frame, pixels: { grey: new Uint8Array(10_000), min: 0, max: 0 } }
      const size = { width: 100, height: 100 }
      marks.draw({ frame, view, matrix: [1, 0, 0, 1, 0, 0], size, file }, words)
      return marks.svg.querySelectorAll('.vw-line').length
    }
    const points = [
      [0, 0],
      [9, 9],
    ] as const
    marks.sketch(ONE, { id: 'a', kind: 'length', points, text: '' })
    expect([drawn(ONE), drawn(TWO)]).toEqual([1, 0])
  })
})
