import { beforeEach, expect, it } from 'vitest'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import { imageOf } from './imageMarks'
import { Kept } from './kept'
import type { Mark } from './mark'
import { Saved, type SavedMark } from './saved'

const STUDY = 'wuxi/1.2'
const mark = (id: string, x = 0): Mark => ({ id, kind: 'probe', points: [[x, 1]], text: '' })

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

const on = frame()
const stored = (...marks: Mark[]): SavedMark[] =>
  marks.map((each) => ({ ...imageOf(on), mark: each }))
const shown = () => kept.on(on).map(({ id, points }) => [id, points[0]?.[0]])
const waiting = () => {
  const { put, deleted } = saved.unsaved(STUDY)
  return [put.map((each) => each.mark.id), deleted]
}
let kept: Kept
let saved: Saved

beforeEach(() => {
  kept = new Kept()
  saved = new Saved(kept)
})

it('on reopening one’s own are there again, and theirs to change', () => {
  saved.take(STUDY, stored(mark('a'), mark('b')))
  expect(shown()).toEqual([
    ['a', 0],
    ['b', 0],
  ])
  expect(waiting()).toEqual([[], []])
  kept.put(on, mark('a', 5))
  kept.put(on, mark('c'))
  kept.chosen = 'b'
  kept.remove(on)
  expect(waiting()).toEqual([['a', 'c'], ['b']])
})

it('what was drawn before the saved ones were known stays beside them', () => {
  kept.put(on, mark('n'))
  saved.take(STUDY, stored(mark('a')))
  expect(shown().map(([id]) => id)).toEqual(['n', 'a'])
  expect(waiting()).toEqual([['n'], []])
})

it('what is changed while it is being saved is not saved yet', () => {
  kept.put(on, mark('a'))
  kept.put(on, mark('a', 7))
  saved.take(STUDY, stored(mark('a')))
  expect(shown()).toEqual([['a', 7]])
  expect(waiting()).toEqual([['a'], []])
})

it('what another window of one’s own changed, added and deleted is taken over', () => {
  saved.take(STUDY, stored(mark('a'), mark('b')))
  saved.take(STUDY, stored(mark('a', 3), mark('c')))
  expect(shown()).toEqual([
    ['a', 3],
    ['c', 0],
  ])
  expect(waiting()).toEqual([[], []])
})

it('what one has deleted and not saved yet does not come back by itself', () => {
  saved.take(STUDY, stored(mark('a')))
  kept.remove(on)
  saved.take(STUDY, stored(mark('a')))
  expect(shown()).toEqual([])
  expect(waiting()).toEqual([[], ['a']])
})

it('saving takes away nothing that could be undone', () => {
  kept.put(on, mark('a'))
  kept.put(on, mark('b'))
  saved.take(STUDY, stored(mark('a'), mark('b')))
  expect(kept.undo(on)).toBe(true)
  expect(waiting()).toEqual([[], ['b']])
})

it('a place is the same after it was rounded for the way', () => {
  kept.put(on, mark('a', 1.23456))
  saved.take(STUDY, stored(mark('a', 1.23)))
  expect(waiting()).toEqual([[], []])
})

it('of whoever is here others see what they draw now, and not what they saved before', () => {
  const by = { ...imageOf(on), author: 'x', by: '罗立夏 2026-11-29' }
  kept.others.nameOf = () => '罗立夏'
  kept.others.store(STUDY, [{ ...by, mark: mark('a') }])
  expect(kept.othersOn(on)).toEqual([{ mark: mark('a'), by: '罗立夏 2026-11-29' }])
  kept.others.draw('x/page', { ...imageOf(on), marks: [mark('a', 9)] })
  expect(kept.othersOn(on)).toEqual([{ mark: mark('a', 9), by: '罗立夏' }])
  kept.others.gone('x/page')
  expect(kept.othersOn(on)).toHaveLength(1)
})
