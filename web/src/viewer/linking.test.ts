import { describe, expect, it } from 'vitest'
import { type Frame, framesOf, instanceOf } from './dicom/frame'
import type { Dataset } from './dicom/json'
import { type Stack, stackOf } from './dicom/stack'
import { counterpart, Link, type Linked, type Place, shiftOf } from './linking'
import { referenceLine } from './screen/reference'

type How = {
  z?: number
  series?: string
  reference?: string
  orientation?: number[]
  origin?: number[]
}

function dataset({ z = 0, series = '1', reference = 'F', ...how }: How): Dataset {
  return {
    '0020000E': { vr: 'UI', Value: [series] },
    '00080018': { vr: 'UI', Value: [`${series}.${z}`] },
    '00200013': { vr: 'IS', Value: [Math.round(1000 - z)] },
    '00200052': { vr: 'UI', Value: [reference] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
    '00280030': { vr: 'DS', Value: [1, 1] },
    '00200032': { vr: 'DS', Value: how.origin ?? [-50, -50, z] },
    '00200037': { vr: 'DS', Value: how.orientation ?? [1, 0, 0, 0, 1, 0] },
  }
}

function frame(how: How): Frame {
  const instance = instanceOf('wuxi', dataset(how))
  const [found] = instance ? framesOf(instance) : []
  if (!found) throw new Error('no frame')
  return found
}

/** Slices from the head down, `step` millimetres apart. */
function stack(series: string, count: number, step: number, top = 0, how: How = {}): Stack {
  const all = Array.from({ length: count }, (_, i) =>
    instanceOf('wuxi', dataset({ ...how, series, z: top - i * step })),
  )
  return stackOf(
    'wuxi',
    '1.2',
    series,
    all.filter((one) => one !== null),
  )
}

class View implements Linked {
  moves = 0
  constructor(public open: Place | null) {}
  accompany(index: number) {
    this.moves++
    if (this.open) this.open = { ...this.open, index }
  }
}

const at = (of: Stack, index: number): Place => ({ stack: of, index })

describe('a counterpart', () => {
  it('of the same coordinates is the nearest slice, whatever the distances', () => {
    const [fine, coarse] = [stack('1', 200, 1.25), stack('2', 50, 5)]
    for (const [from, to] of [
      [0, 0],
      [4, 1],
      [7, 2],
      [196, 49],
      [199, 49],
    ] as const)
      expect(counterpart(at(fine, from), coarse, 0), `slice ${from}`).toBe(to)
  })

  it('of another study lies as far from where both stood', () => {
    const now = stack('1', 200, 1.25, 0, { reference: 'now' })
    const prior = stack('2', 188, 1.5, -300, { reference: 'before' })
    const shift = shiftOf(at(now, 100), at(prior, 94))
    expect(shift).toBeCloseTo(-300 - 94 * 1.5 + 125)
    expect(counterpart(at(now, 106), prior, shift)).toBe(99)
    expect(counterpart(at(now, 198), prior, shift)).toBe(176)
    const short = stack('3', 120, 1.5, -300, { reference: 'before' })
    expect(counterpart(at(now, 198), short, shift), 'not beyond its end').toBe(119)
    expect(counterpart(at(now, 0), prior, shift)).toBe(11)
  })

  it('is found where the rows run the other way', () => {
    const other = stack('2', 50, 5, 0, { orientation: [-1, 0, 0, 0, 1, 0] })
    expect(counterpart(at(stack('1', 200, 1.25), 40), other, 0)).toBe(10)
  })

  it('is none of slices in another direction, or of images without a place', () => {
    const sagittal = stack('2', 5, 5, 0, { orientation: [0, 1, 0, 0, 0, -1] })
    expect(counterpart(at(stack('1', 9, 5), 3), sagittal, 0)).toBe(null)
    const flat = stackOf('wuxi', '1.2', '3', [])
    expect(counterpart(at(stack('1', 9, 5), 3), flat, 0)).toBe(null)
  })
})

describe('a link', () => {
  it('takes the others along, and not back', () => {
    const [a, b] = [new View(at(stack('1', 200, 1), 100)), new View(at(stack('2', 100, 2), 50))]
    const link = new Link()
    link.begin([a, b])
    a.open = at(stack('1', 200, 1), 120)
    link.moved(a)
    expect([b.open?.index, b.moves, a.moves]).toEqual([60, 1, 0])
    link.moved(a)
    expect(b.moves, 'it is there already').toBe(1)
  })

  it('moves nobody where nobody has scrolled', () => {
    const [thick, thin] = [stack('1', 10, 10), stack('2', 100, 1)]
    const [a, b] = [new View(at(thick, 5)), new View(at(thin, 50))]
    const link = new Link()
    link.begin([a, b])
    b.open = at(thin, 52) // its counterpart is the same thick slice
    link.moved(b)
    link.moved(a) // as after another window, or when the picture comes in full
    expect([a.moves, b.moves, b.open.index]).toEqual([0, 0, 52])
  })

  it('leaves out what has opened another series until it begins anew', () => {
    const [a, b] = [new View(at(stack('1', 200, 1), 100)), new View(at(stack('2', 100, 2), 50))]
    const link = new Link()
    link.begin([a, b])
    b.open = at(stack('3', 100, 2), 10)
    a.open = at(stack('1', 200, 1), 120)
    link.moved(a)
    expect(b.open.index).toBe(10)
    link.end()
    link.moved(a)
    expect(b.moves).toBe(0)
  })
})

describe('a reference line', () => {
  const axial = frame({ z: 10 })
  const coronal: How = { orientation: [1, 0, 0, 0, 0, -1], origin: [-50, 0, 60] }

  it('is where the slices cut each other', () => {
    // The coronal image begins at z = 60 and goes down a millimetre a row, so z = 10 is its row 50.
    const line = referenceLine(frame(coronal), axial)
    expect(line?.map((end) => end.map((n) => Math.round(n * 10) / 10))).toEqual([
      [-0.5, 50],
      [99.5, 50],
    ])
  })

  it('is none of parallel slices, of other coordinates, or outside the image', () => {
    expect(referenceLine(axial, frame({ z: 20 }))).toBe(null)
    expect(referenceLine(frame({ ...coronal, reference: 'G' }), axial)).toBe(null)
    expect(referenceLine(frame(coronal), frame({ z: 200 }))).toBe(null)
  })
})
