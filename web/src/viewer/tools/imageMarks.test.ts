import { expect, it } from 'vitest'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import { imageKey, imageOf, payloadOf, readMarks } from './imageMarks'
import { Kept } from './kept'
import type { Mark } from './mark'

const line: Mark = {
  id: 'a',
  kind: 'length',
  points: [
    [0, 0],
    [3.12345, 4],
  ],
  text: '',
}

function frame(): Frame {
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: ['1.1'] },
    '0020000D': { vr: 'UI', Value: ['1.2'] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
  })
  const [one] = instance ? framesOf(instance) : []
  if (!one) throw new Error('no frame')
  return one
}

const read = (marks: unknown) =>
  readMarks({ hospital: 'wuxi', study: '1.2', payload: { instance: '1.1', frame: 1, marks } })

it('what one page sends another reads, with its hospital and study from the room', () => {
  const image = { ...imageOf(frame()), marks: [line] }
  const payload = JSON.parse(JSON.stringify(payloadOf(image)))
  const got = readMarks({ hospital: 'wuxi', study: '1.2', payload })
  expect(got?.marks).toEqual([
    {
      ...line,
      points: [
        [0, 0],
        [3.12, 4],
      ],
    },
  ])
  expect(got && imageKey(got)).toBe('wuxi/1.1/1')
})

it.each([
  ['of an unknown kind', { ...line, kind: 'heart' }],
  ['of a kind that every object has', { ...line, kind: 'constructor' }],
  ['with too few places', { ...line, points: [[0, 0]] }],
  ['with too many places', { ...line, kind: 'polygon', points: Array(201).fill([0, 0]) }],
  ['with an outline of two places', { ...line, kind: 'polygon', points: line.points }],
  [
    'with places that are no numbers',
    {
      ...line,
      points: [
        ['0', '0'],
        [Number.NaN, 1],
      ],
    },
  ],
  [
    'with places beyond any image',
    {
      ...line,
      points: [
        [0, 0],
        [1e9, 0],
      ],
    },
  ],
  ['with a text longer than anybody can write', { ...line, text: 'x'.repeat(61) }],
  ['without an id', { ...line, id: '' }],
  ['that is nothing', null],
])('a mark %s is left out, the others stay', (_, bad) => {
  expect(read([bad, line])?.marks).toEqual([line])
})

it.each([
  [null],
  [1],
  [{}],
  [{ instance: '1.1', frame: 1 }],
  [{ instance: 1, frame: 1, marks: [] }],
])('what is not of an image is nothing: %j', (payload) => {
  expect(readMarks({ hospital: 'wuxi', study: '1.2', payload })).toBeNull()
})

it('of a flood of marks only so many are taken', () => {
  expect(read(Array(5000).fill(line))?.marks).toHaveLength(200)
})

it('the others’ marks stand beside one’s own, and nobody but their author takes them away', () => {
  const [kept, on] = [new Kept(), frame()]
  kept.others.nameOf = (author) => ({ x: '罗立夏' })[author] ?? ''
  kept.others.draw('x', { ...imageOf(on), marks: [line] })
  kept.put(on, { ...line, id: 'b' })
  expect(kept.othersOn(on)).toEqual([{ mark: line, by: '罗立夏' }])
  expect([kept.remove(on), kept.remove(on)]).toEqual([true, false])
  expect(kept.othersOn(on)).toHaveLength(1)
  kept.others.draw('x', { ...imageOf(on), marks: [] })
  expect(kept.othersOn(on)).toEqual([])
})

it('every change is said with all that then stands on the image', () => {
  const [kept, on] = [new Kept(), frame()]
  const said: number[] = []
  kept.hear(({ marks }) => said.push(marks.length))
  kept.put(on, line)
  kept.put(on, { ...line, id: 'b' })
  kept.undo(on)
  kept.redo(on)
  kept.remove(on)
  kept.adopt({ ...imageOf(on), marks: [line] })
  expect(said).toEqual([1, 2, 1, 2, 1])
})

it('all can be hidden at once; whoever then sets one sees them again', () => {
  const [kept, on] = [new Kept(), frame()]
  kept.others.draw('x', { ...imageOf(on), marks: [line] })
  kept.put(on, { ...line, id: 'b' })
  kept.hide(true)
  expect([kept.on(on), kept.othersOn(on), kept.any(on)]).toEqual([[], [], true])
  expect(kept.remove(on)).toBe(false)
  kept.put(on, { ...line, id: 'c' })
  expect(kept.on(on)).toHaveLength(2)
  expect(kept.othersOn(on)).toHaveLength(1)
})

it('a mark of one’s own that comes from another page of one’s own is there once', () => {
  const [kept, on] = [new Kept(), frame()]
  kept.put(on, line)
  kept.others.draw('me/viewer', { ...imageOf(on), marks: [line] })
  expect(kept.othersOn(on)).toEqual([])
})
