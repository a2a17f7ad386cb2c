import { expect, test } from 'vitest'
import type { SavedMark, Unsaved } from '../../viewer/tools/saved'
import { groupsOf } from './marks'

const mark = (n: number, places: number): SavedMark => ({
  hospital: 'wuxi',
  study: '1.2',
  instance: '1.2.3',
  frame: 1,
  mark: { id: String(n), kind: 'polygon', points: Array(places).fill([0, 0]), text: '' },
})
const marks = (count: number, places = 3) =>
  Array.from({ length: count }, (_, n) => mark(n, places))
const sizes = (unsaved: Unsaved) =>
  groupsOf(unsaved).map(({ put, deleted }) => [put.length, deleted.length])

test('what is unchanged needs no group', () => {
  expect(groupsOf({ put: [], deleted: [] })).toEqual([])
})

test('of more than 500 marks each is saved once, in their order, in groups that the server takes', () => {
  const put = marks(1100)
  const deleted = put.slice(0, 501).map(({ mark: { id } }) => `gone ${id}`)
  expect(sizes({ put, deleted })).toEqual([
    [0, 500],
    [0, 1],
    [500, 0],
    [500, 0],
    [100, 0],
  ])
  const groups = groupsOf({ put, deleted })
  expect(groups.flatMap((each) => each.put)).toEqual(put)
  expect(groups.flatMap((each) => each.deleted)).toEqual(deleted)
})

test('outlines of many places go in smaller groups', () => {
  expect(sizes({ put: marks(250, 200), deleted: [] })).toEqual([
    [100, 0],
    [100, 0],
    [50, 0],
  ])
})
