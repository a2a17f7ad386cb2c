import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { firstPart, parameter } from './decode/multipart'
import { cut, fromNative, fromRle } from './decode/native'
import type { Layout } from './decode/wire'
import { differences, sameName, textReading } from './dicom/identity'
import { actionOf, KEYS } from './input/keys'
import { fetchOrder } from './pack/order'
import { ageOf, daysSince, timeOf, when } from './screen/labels'
import { scaleBar } from './screen/scalebar'
import { Coalescer } from './share'
import type { StudyRef } from './types'
import { dragged, greyOf } from './view/voi'
import type { Words } from './words'

const LAYOUT: Layout = {
  rows: 1,
  columns: 4,
  samples: 1,
  photometric: 'MONOCHROME2',
  planar: false,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  padding: null,
  embedded: [],
}

describe('what is sent', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('goes out at once, then at most every fifty milliseconds, the newest last', () => {
    const sent: number[] = []
    const out = new Coalescer<number>((n) => sent.push(n))
    for (const n of [1, 2, 3]) out.offer(n)
    expect(sent).toEqual([1])
    vi.advanceTimersByTime(50)
    expect(sent).toEqual([1, 3])
    vi.advanceTimersByTime(500)
    out.offer(4)
    expect(sent).toEqual([1, 3, 4])
    out.offer(5)
    out.dispose()
    vi.advanceTimersByTime(500)
    expect(sent).toEqual([1, 3, 4])
  })
})

describe('multipart answers', () => {
  const bytes = (s: string) => new TextEncoder().encode(s)
  it('give the part between its boundaries, quoted or not', () => {
    const body =
      '--b1\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.90\r\n\r\n\r\n--x\r\n\r\n--b1--\r\n'
    for (const type of ['multipart/related; boundary=b1', 'multipart/related; boundary="b1"']) {
      const part = firstPart(bytes(body), type)
      expect(new TextDecoder().decode(part.body)).toBe('\r\n--x\r\n')
      expect(part.transferSyntax).toBe('1.2.840.10008.1.2.4.90')
    }
    expect(parameter('a/b; Boundary="x y"', 'boundary')).toBe('x y')
  })
  it('that end too soon are refused', () => {
    expect(() => firstPart(bytes('--b1\r\n\r\nhalf'), 'multipart/related; boundary=b1')).toThrow()
  })
})

describe('pixels', () => {
  it('lose the bits above the stored ones and keep their sign', () => {
    const unsigned = fromNative(
      new Uint8Array(new Uint16Array([0xf001, 2, 3, 4]).buffer),
      LAYOUT,
      false,
    )
    expect([...unsigned]).toEqual([1, 2, 3, 4])
    expect([...cut(new Int16Array([0x0fff, 1]), { ...LAYOUT, signed: true })]).toEqual([-1, 1])
  })
  it('shorter than their size are refused', () => {
    expect(() => fromNative(new Uint8Array(7), LAYOUT, false)).toThrow()
  })
  it('come out of run lengths', () => {
    const rle = new Uint8Array(64 + 7)
    new DataView(rle.buffer).setUint32(0, 2, true)
    new DataView(rle.buffer).setUint32(4, 64, true)
    new DataView(rle.buffer).setUint32(8, 66, true)
    rle.set([253, 1, 3, 9, 8, 7, 6], 64) // four times 1; then 9 8 7 6 as they are
    expect([...fromRle(rle, LAYOUT)]).toEqual([9, 1, 8, 1, 7, 1, 6, 1])
  })
})

describe('windows', () => {
  it('map values as the standard says', () => {
    const voi = { center: 50, width: 400 }
    expect(greyOf(-150, voi, 'LINEAR')).toBe(0)
    expect(greyOf(249, voi, 'LINEAR')).toBeCloseTo(255)
    expect(greyOf(50, voi, 'SIGMOID')).toBeCloseTo(127.5)
    expect(greyOf(50, voi, 'LINEAR_EXACT')).toBeCloseTo(127.5)
  })
  it('widen to the right, darken downwards, and never vanish', () => {
    expect(dragged({ center: 40, width: 256 }, 10, 5)).toEqual({ center: 45, width: 266 })
    expect(dragged({ center: 40, width: 10 }, -999, 0).width).toBe(1)
  })
})

describe('loading', () => {
  it('takes the nearest frames first, both ways', () => {
    expect(fetchOrder(6, 2)).toEqual([2, 3, 1, 4, 0, 5])
  })
})

describe('identity', () => {
  const expected = {
    name: '陈远山',
    pinyin: 'chen yuanshan',
    sex: 'M' as const,
    birthDate: '1968-04-12',
    identifiers: ['0026118842'],
  }
  const ds = (name: object, id: string) => ({
    '00100010': { vr: 'PN', Value: [name] },
    '00100020': { vr: 'LO', Value: [id] },
    '00100030': { vr: 'DA', Value: ['19680412'] },
    '00100040': { vr: 'CS', Value: ['M'] },
  })
  it('agrees by characters, or by pinyin in either order', () => {
    expect(differences(ds({ Ideographic: '陈^远山' }, '0026118842'), expected)).toEqual([])
    expect(differences(ds({ Alphabetic: 'YUANSHAN^CHEN' }, '0026118842'), expected)).toEqual([])
    expect(differences(ds({ Alphabetic: 'Chen^Yuan Shan' }, '0026118842'), expected)).toEqual([])
  })
  it('names what differs', () => {
    expect(differences(ds({ Ideographic: '吴松年' }, '77'), expected)).toEqual(['name', 'number'])
    expect(differences(ds({ Alphabetic: 'Wu^Songnian' }, '0026118842'), expected)).toEqual(['name'])
  })
  it('is not judged across scripts without a transcription', () => {
    const header = { alphabetic: 'Wu^Songnian', ideographic: '' }
    expect(sameName(header, { name: '陈远山', identifiers: [] })).toBeNull()
  })
})

describe('how text was read', () => {
  const said = (system: string, reason: string, changed: string) => ({
    '04000561': {
      vr: 'SQ',
      Value: [
        {
          '04000550': { vr: 'SQ', Value: [{ [changed]: { vr: 'CS', Value: ['ISO_IR 100'] } }] },
          '04000563': { vr: 'LO', Value: [system] },
          '04000565': { vr: 'CS', Value: [reason] },
        },
      ],
    },
  })
  it('is said by the archive in its own item alone', () => {
    expect(textReading(said('telemed', 'CORRECT', '00080005'))).toBe('repaired')
    expect(textReading(said('telemed', 'COERCE', '00080005'))).toBe('as_stored')
    expect(textReading(said('PACS', 'CORRECT', '00080005'))).toBeNull()
    expect(textReading(said('telemed', 'CORRECT', '00100020'))).toBeNull()
    expect(textReading({})).toBeNull()
  })
})

describe('labels', () => {
  const words = { years: (n: number) => `${n} y`, days: (n: number) => `${n} d` } as Words
  it('read DICOM ages, dates and times', () => {
    expect(ageOf('058Y', words)).toBe('58 y')
    expect(ageOf('002W', words)).toBe('14 d')
    expect(timeOf('082046.000')).toBe('08:20:46')
    expect(daysSince('20261117', new Date(2026, 10, 25))).toBe(8)
    expect(daysSince('', new Date())).toBeNull()
  })
  it('say that a study is older than a week, and that it is a prior', () => {
    const said = { prior: '既往', daysAgo: (n: number) => `${n} 天前的检查` } as Words
    const now = new Date(2026, 10, 25)
    const texts = (date: string, prior: boolean) =>
      when(date, '0820', { prior } as StudyRef, said, now).map(({ text }) => text)
    expect(texts('20261118', false)).toEqual(['2026-11-18  08:20', ''])
    expect(texts('20261117', false)).toEqual(['2026-11-17  08:20', '8 天前的检查'])
    expect(texts('20251125', true)).toEqual(['既往 2025-11-25  08:20', '365 天前的检查'])
  })
  it('choose a round scale bar that fits', () => {
    expect(scaleBar(1.5, 180)).toEqual({ pixels: 150, label: '10 cm' })
    expect(scaleBar(0.01, 180)).toBeNull()
  })
})

describe('keys', () => {
  const press = (key: string, ctrlKey = false) =>
    actionOf({ key, ctrlKey, altKey: false, metaKey: false })
  it('do one thing each and leave the browser its own', () => {
    expect(press('K')).toEqual({ do: 'keyImage' })
    expect(press('PageUp')).toEqual({ do: 'scroll', by: -10 })
    expect(press('c', true)).toBeNull()
    const all = KEYS.flatMap(({ keys, ctrl }) => keys.map((key) => `${ctrl ?? ''}${key}`))
    expect(new Set(all).size).toBe(all.length)
  })
})
