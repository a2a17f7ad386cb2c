import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Frame, framesOf, instanceOf } from './dicom/frame'
import { keyImageOf } from './keyimage'
import { Marks } from './screen/marks'
import type { Shown } from './shown'
import type { Vec2 } from './types'
import { wholeImage } from './view/camera'
import type { Painter } from './view/painter'
import type { Words } from './words'

function bare(): Frame {
  const instance = instanceOf('wuxi', {
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
  flipped: '已左右镜像',
  turned: (degrees: number) => `已旋转 ${degrees}°`,
} as Words

type Written = { text: string; x: number; align: string; font: string }

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
      textAlign: 'start',
      setTransform() {},
      beginPath() {},
      moveTo() {},
      lineTo() {},
      stroke() {},
      fillText(text: string, x: number) {
        written.push({ text, x, align: this.textAlign, font: this.font })
      },
    }
    const canvas = HTMLCanvasElement.prototype
    vi.spyOn(canvas, 'getContext').mockReturnValue(context as never)
    vi.spyOn(canvas, 'toBlob').mockImplementation((done) => done(new Blob(['x'])))
  })

  const take = (change: Partial<Shown>, marks = new Marks()) => {
    const view = wholeImage(frame)
    const shown = { frame, view, matrix: [1, 0, 0, 1, 0, 0], size: { width: 800, height: 400 } }
    const painter = { draw() {} } as unknown as Painter
    return keyImageOf({ ...shown, ...change } as Shown, painter, marks, WORDS)
  }

  it.each([
    ['near the right edge inwards', 790, 780, 'end'],
    ['elsewhere outwards', 300, 310, 'start'],
  ])('has the number of a length %s, as the screen has', async (_, end, x, align) => {
    const marks = new Marks()
    const to: Vec2 = [end, 50]
    marks.keep(frame, { from: [end - 100, 50], to })
    await take({}, marks)
    expect(written).toContainEqual(expect.objectContaining({ text: '100 px （无标定）', x, align }))
  })

  it('says that it is mirrored and turned, also without known orientation', async () => {
    const said = () => written.map(({ text }) => text)
    await take({})
    expect(said()).toEqual(['方位未知'])
    await take({ view: { ...wholeImage(frame), flipped: true, turns: 1 } })
    expect(said()).toEqual(expect.arrayContaining(['已左右镜像', '已旋转 90°']))
  })

  it('is written in the page’s own font, which is fetched before', async () => {
    await take({ view: { ...wholeImage(frame), flipped: true } })
    const font = '600 13px "Noto Sans SC Variable"'
    expect(fetched).toEqual([font, '方位未知已左右镜像'])
    expect(new Set(written.map((each) => each.font))).toEqual(new Set([font]))
  })
})
