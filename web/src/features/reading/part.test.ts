import { expect, it } from 'vitest'
import names from '../../../../tests/telemed/reading/part_names.json'
import { otherSide, partOf, sideOf } from './part'

// The server finds priors with the same words: telemed/reading/priors.py has the same examples.
it.each(names)('reads part and side from %s', (name, part, side) => {
  expect([partOf(name ?? ''), sideOf({ description: name ?? '', laterality: '' })]).toEqual([
    part,
    side,
  ])
})

it('takes the side from the images where the name says none', () => {
  expect(sideOf({ description: '膝关节正位', laterality: 'L' })).toBe('left')
  expect(sideOf({ description: '右膝关节正位', laterality: 'L' })).toBe('right')
})

it.each([
  ['left', 'R', 'right'],
  ['right', 'L', 'left'],
  ['right', 'R', null],
  ['both', 'R', null],
  ['none', 'R', null],
  ['left', 'B', null],
  ['left', '', null],
] as const)('asked about %s, images of %s: the other side is %s', (side, laterality, other) => {
  expect(otherSide(side, laterality)).toBe(other)
})
