import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Frame, framesOf, instanceOf } from './dicom/frame'
import type { Dataset } from './dicom/json'
import { keyImageOf } from './keyimage'
import { Marks } from './screen/marks'
import type { Shown } from './shown'
import type { Vec2 } from './types'
import { wholeImage } from './view/camera'
import type { Painter } from './view/painter'
import type { Words } from './words'

function bare(more: Dataset = {}): Frame {
  const instance = instanceOf('wuxi', {
    ...more,
    '00080018': { vr: 'UI', Value: ['1.1'] },
    '00280010': { vr: 'US', Value: [400] },
    '00280011': { vr: 'US', Value: [800] },
  })
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return frame
}

const WORDS = {
  basis: { none: '（无标定）' },
  unknownOrientation: '方位未知',
  preview: '预览，不可用于诊断',
  flipped: '已左右镜像',
  flippedOver: '已上下镜像',
  inverted: '已反相',
  turned: (degrees: number) => `已旋转 ${degrees}°`,
  notPresented: (name: string) => `不涉及：${name}`,
} as Words

/** A CT: where its pixels lie, how large they are, when and of what it was taken. */
const CT: Dataset = {
  '00080020': { vr: 'DA', Value: ['20261125'] },
  '00080030': { vr: 'TM', Value: ['082046'] },
  '00180015': { vr: 'CS', Value: ['CHEST'] },
  '00200032': { vr: 'DS', Value: [0, 0, 0] },
  '00200037': { vr: 'DS', Value: [1, 0, 0, 0, 1, 0] },
  '00280030': { vr: 'DS', Value: [0.5, 0.5] },
}

type Written = { text: string; x: number; font: string }
const sizeOf = (font: string) => Number(/ ([\d.]+)px/.exec(font)?.[1])

describe('a key image', () => {
  const frame = bare()
  let written: Written[] = []
  let fetched: string[] = []

  beforeEach(() => {
    written = []
    fetched = []
    const load = async (font: string, text: string) => fetched.push(font, text)
    vi.stubGlobal('document', Object.assign(document, { fonts: { load } }))
    document.body.style.fontFamily = 'Noto Sans SC Variable'
    const context = {
      font: '',
      setTransform() {},
      strokeText() {},
      /** Each sign as wide as it is high. */
      measureText(text: string) {
        return { width: text.length * sizeOf(this.font) }
      },
      beginPath() {},
      moveTo() {},
      lineTo() {},
      stroke() {},
      fillText(text: string, x: number) {
        written.push({ text, x, font: this.font })
      },
    }
    const canvas = HTMLCanvasElement.prototype
    vi.spyOn(canvas, 'getContext').mockReturnValue(context as never)
    vi.spyOn(canvas, 'toBlob').mockImplementation((done) => done(new Blob(['x'])))
  })

  const take = (change: Partial<Shown>, marks = new Marks()) => {
    const view = wholeImage(frame)
    const size = { width: 800, height: 400 }
    const shown = {
      frame,
      view,
      matrix: [1, 0, 0, 1, 0, 0],
      size,
      presented: null,
      stateName: '',
      pixels: {},
      file: { frame, pixels: {} },
      choice: { inverted: false },
      inverted: false,
    }
    const painter = { draw() {} } as unknown as Painter
    return keyImageOf({ ...shown, ...change } as Shown, painter, marks, WORDS)
  }

  it.each([
    ['elsewhere beside its right end', 300, 310],
    ['near the right edge inside the picture', 790, 800 - 20 - 12 * 35],
  ])('has the number of a length %s', async (_, end, x) => {
    const marks = new Marks()
    const to: Vec2 = [end, 50]
    const points: Vec2[] = [[end - 100, 50], to]
    marks.kept.put(frame, { id: 'a', kind: 'length', points, text: '' })
    await take({}, marks)
    const number = written.find(({ text }) => text === '100 px （无标定）')
    expect(number?.x).toBe(x)
  })

  it('names the frame of its object, and not its place in the series', async () => {
    const made = await take({ frame: { ...frame, number: 3 }, index: 0, count: 1 })
    expect(made).toMatchObject({ frame: 3, position: 1, count: 1 })
  })

  it('says that it is not shown with the presentation state that is chosen', async () => {
    await take({ stateName: '肺结节' })
    expect(written.map(({ text }) => text)).toContain('不涉及：肺结节')
  })

  it('has letters and a scale that can be read when a third of a page is its width', async () => {
    const ct = bare(CT)
    const made = await take({ frame: ct, view: wholeImage(ct) })
    const points = (text: string) =>
      written.filter((each) => each.text === text).map(({ font }) => (sizeOf(font) / 800) * 160)
    for (const letter of ['R', 'L', 'A', 'P']) expect(points(letter)).toEqual([9])
    expect(points('10 cm')).toEqual([7])
    expect(made).toMatchObject({ takenAt: '2026-11-25 08:20:46', bodyPart: 'CHEST' })
  })

  it('says that it is mirrored and turned, also without known orientation', async () => {
    const said = () => written.map(({ text }) => text)
    await take({})
    expect(said()).toEqual(['方位未知'])
    await take({ view: { ...wholeImage(frame), flipped: true, turns: 1 } })
    expect(said()).toEqual(expect.arrayContaining(['已左右镜像', '已旋转 90°']))
    await take({ view: { ...wholeImage(frame), flipped: true, turns: 2 }, inverted: true })
    expect(said().slice(-3)).toEqual(expect.arrayContaining(['已反相', '已上下镜像']))
  })

  it('is written in the page’s own font, which is fetched before', async () => {
    await take({ view: { ...wholeImage(frame), flipped: true } })
    const family = '"Noto Sans SC Variable"'
    expect(fetched).toEqual([`600 13px ${family}`, '方位未知已左右镜像'])
    expect(written.filter((each) => !each.font.endsWith(family))).toEqual([])
  })
})
