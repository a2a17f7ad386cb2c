import { expect, test } from 'vitest'
import {
  added,
  type Chosen,
  holding,
  inOrder,
  type Ladders,
  moved,
  rowsOf,
  tells,
  whoOf,
} from './ladder'
import { ladders, OF_ALL, OF_WUXI, REVIEWER, SHAPE } from './testing'

const NOW = Date.parse('2026-11-25T03:00:00Z')
const chosen: Chosen = { owner: OF_WUXI, urgency: null, ladder: 'approval' }

test('where a hospital has no rules of its own, those of all hold, and the page says whose', () => {
  const all = ladders()
  expect(holding(all, chosen, NOW)?.from.owner).toEqual(OF_ALL)
  const own: Ladders = ladders([{ hospital_id: 'wuxi', valid_from: '2026-11-01T00:00:00Z' }])
  expect(holding(own, chosen, NOW)?.from.owner).toEqual(OF_WUXI)
})

test('what is planned does not hold yet, and what was given up no more', () => {
  const of = (more: object) => ladders([{ hospital_id: 'wuxi', ...more }])
  const planned = of({ valid_from: '2026-12-01T00:00:00Z' })
  const former = of({ valid_from: '2026-11-01T00:00:00Z', until: '2026-11-20T00:00:00Z' })
  for (const all of [planned, former]) expect(holding(all, chosen, NOW)?.from.owner).toEqual(OF_ALL)
})

test('the rules of an urgency hold, but not the product’s own where somebody has saved some for any', () => {
  const routine = (saved_at: string | null): Ladders => {
    const [any] = ladders([]).scopes
    if (!any) throw new Error('no rules of all')
    const of = { ...any, urgency: 'routine' as const }
    const saved = { ...any, sets: any.sets.map((set) => ({ ...set, saved_at })) }
    return { ...ladders(), scopes: [of, saved] }
  }
  const held = (all: Ladders) => holding(all, { ...chosen, urgency: 'routine' }, NOW)?.from.urgency
  expect(held(routine(null))).toBe('routine')
  expect(held(routine('2026-11-01T00:00:00Z'))).toBe(null)
})

test('whom a rung tells is one choice, and leads back to its columns', () => {
  for (const who of ['asked', 'role:branch:reviewer', 'role:hub:duty_officer', 'on_duty:2'])
    expect(
      whoOf({ when: 'due', minutes: 0, counted: 'elapsed', again: false, ...tells(who) }),
    ).toBe(who)
})

test('reminders come first, the farthest first, and a level is moved among levels only', () => {
  const rows = rowsOf(SHAPE_RUNGS)
  const more = added(added(rows, 'before', SHAPE), 'after', SHAPE)
  expect(more.map(({ when }) => when)).toEqual(['before', 'due', 'after', 'after'])
  const near = more.map((row) => ({ ...row, minutes: row.when === 'before' ? 5 : row.minutes }))
  expect(inOrder(added(near, 'before', SHAPE)).map(({ minutes }) => minutes)).toEqual([
    60, 5, 0, 10, 10,
  ])
  expect(moved(more, 2, -1)).toEqual(more)
  expect(moved(more, 2, 1).map(({ key }) => key)).toEqual([2, 0, 3, 1])
})

const SHAPE_RUNGS = [
  { when: 'due', minutes: 0, counted: 'elapsed', again: false, ...tells('asked') },
  REVIEWER,
] as const
