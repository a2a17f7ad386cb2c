import { expect, test } from 'vitest'
import { faultOf, formOf, type Kept, sentOf } from './availability'

const kept = (more: Partial<Kept> = {}): Kept => ({
  version: 1,
  week: [],
  tele: [],
  buffer_minutes: 0,
  ...more,
})
const WEEK = ['13:00-17:00', '', '08:00-12:00', '', '', '', '']

test('what was kept is sent as it was', () => {
  for (const each of [kept(), kept({ week: WEEK, tele: WEEK, buffer_minutes: 15 })]) {
    const { version: _, ...same } = each
    const tele = each.tele.length > 0 ? each.tele : WEEK.map(() => '')
    expect(sentOf(formOf(each))).toEqual({ ...same, tele })
  }
})

test('hours of their own begin with Monday to Friday', () => {
  const form = { ...formOf(kept()), own: true }
  expect(sentOf(form).week).toEqual([...Array(5).fill('08:00-17:00'), '', ''])
})

test('a half time, one that ends before it starts, and a week without work are refused', () => {
  const form = { ...formOf(kept({ week: WEEK })) }
  const [first, ...rest] = form.days
  if (!first) throw new Error('a week has days')
  const with_ = (starts: string, ends: string) => ({
    ...form,
    days: [{ ...first, tele: { starts, ends } }, ...rest],
  })
  expect(faultOf(form)).toBeNull()
  expect(faultOf(with_('14:00', ''))).toBe('half')
  expect(faultOf(with_('14:00', '13:00'))).toBe('order')
  const none = form.days.map((day) => ({ ...day, work: { starts: '', ends: '' } }))
  expect(faultOf({ ...form, days: none })).toBe('never')
  expect(faultOf({ ...form, own: false, days: none })).toBeNull()
})
