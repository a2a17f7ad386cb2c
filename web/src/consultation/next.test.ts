import { expect, test } from 'vitest'
import { type Given, next, pending } from './next'

const now = Date.parse('2026-11-25T11:20:00+08:00')
const base: Given = {
  state: 'submitted',
  starts_at: null,
  allowed: [],
  mayJoin: false,
  takesPart: false,
}

test('a reviewer’s next act is to approve; to return and to cancel are quiet', () => {
  expect(next({ ...base, allowed: ['approve', 'return', 'cancel'] }, now)).toEqual({
    primary: 'approve',
    rest: ['return', 'cancel'],
  })
})

test('who may do nothing is offered nothing', () => {
  expect(next(base, now)).toEqual({ primary: null, rest: [] })
})

test('entering comes first from half an hour before', () => {
  const booked: Given = {
    ...base,
    state: 'ready',
    mayJoin: true,
    takesPart: true,
    allowed: ['book', 'cancel'],
  }
  expect(next({ ...booked, starts_at: '2026-11-25T11:50:00+08:00' }, now).primary).toBe('enter')
})

test('a consultation of tomorrow can be entered, and booking it anew is not what comes next', () => {
  const booked: Given = {
    ...base,
    state: 'scheduled',
    mayJoin: true,
    takesPart: true,
    allowed: ['book'],
  }
  const found = next({ ...booked, starts_at: '2026-11-26T11:50:00+08:00' }, now)
  expect(found).toEqual({ primary: 'enter', rest: ['book'] })
})

test('a stat consultation is taken first, and entered at once by who asked for it', () => {
  const stat: Given = { ...base, state: 'approved', mayJoin: true }
  expect(next({ ...stat, allowed: ['take'] }, now).primary).toBe('take')
  expect(next({ ...stat, takesPart: true, allowed: ['cancel'] }, now).primary).toBe('enter')
})

test('who takes no part may knock, but that is not what comes next', () => {
  const found = next({ ...base, state: 'ready', mayJoin: true, allowed: ['cancel'] }, now)
  expect(found).toEqual({ primary: null, rest: ['enter', 'cancel'] })
})

test('a word from a newer server is left out', () => {
  const allowed = ['teleport'] as unknown as Given['allowed']
  expect(next({ ...base, allowed }, now)).toEqual({ primary: null, rest: [] })
})

test('the opinion, the reply and the request are next before they are complete', () => {
  const nobody = { lead: false, requester: false }
  expect(pending('answering', { ...nobody, lead: true })).toBe('sign')
  expect(pending('signed', { ...nobody, requester: true })).toBe('acknowledge')
  expect(pending('returned', { ...nobody, requester: true })).toBe('submit')
  expect(pending('signed', nobody)).toBeNull()
})
