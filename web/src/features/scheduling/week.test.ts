import { expect, test } from 'vitest'
import { dayOf, hoursFor, instant, minuteOf, place, pointed, weekOf, wideDays } from './week'

const ZONE = 'Asia/Shanghai'
const at = (clock: string) => Date.parse(`2026-11-25T${clock}:00+08:00`)
const HOURS = { from: 480, to: 1080 }

test('a day and a clock are those of the site', () => {
  expect(dayOf(Date.parse('2026-11-25T16:30:00Z'), ZONE)).toBe('2026-11-26')
  expect(minuteOf(at('08:45'), ZONE)).toBe(525)
  expect(instant('2026-11-25', 525, ZONE)).toBe(at('08:45'))
})

test('an instant is right on both sides of a change of the clock', () => {
  expect(new Date(instant('2026-03-29', 60, 'Europe/Berlin')).toISOString()).toBe(
    '2026-03-29T00:00:00.000Z',
  )
  expect(new Date(instant('2026-03-29', 12 * 60, 'Europe/Berlin')).toISOString()).toBe(
    '2026-03-29T10:00:00.000Z',
  )
})

test('a week runs from Monday to Sunday', () => {
  const week = weekOf('2026-11-25')
  expect([week[0], week[6]]).toEqual(['2026-11-23', '2026-11-29'])
  expect(weekOf('2026-11-29')).toEqual(week)
})

test('three days are wide, also at the end of the week', () => {
  const week = weekOf('2026-11-25')
  expect(wideDays(week, '2026-11-25')).toEqual(['2026-11-25', '2026-11-26', '2026-11-27'])
  expect(wideDays(week, '2026-11-29')).toEqual(['2026-11-27', '2026-11-28', '2026-11-29'])
})

test('the drawn hours widen to what must be seen', () => {
  const drawn = (span: { start: number; end: number }, ...days: string[]) =>
    hoursFor(HOURS, [span], days, ZONE)
  const [day, next] = ['2026-11-25', '2026-11-26']
  expect(drawn({ start: at('20:10'), end: at('20:50') }, day)).toEqual({ from: 480, to: 21 * 60 })
  expect(drawn({ start: at('07:30'), end: at('08:10') }, day)).toEqual({ from: 420, to: 1080 })
  const night = { start: at('02:15'), end: at('02:55') }
  expect(drawn(night, day)).toEqual({ from: 120, to: 1080 })
  expect(drawn(night, next)).toEqual(HOURS)
  const overMidnight = { start: at('23:30'), end: at('23:30') + 3_600_000 }
  expect(drawn(overMidnight, day)).toEqual({ from: 480, to: 1440 })
  expect(drawn(overMidnight, next)).toEqual({ from: 0, to: 1080 })
})

test('a leave of whole days is seen within the usual hours', () => {
  const leave = { start: at('00:00'), end: at('00:00') + 3 * 86_400_000 }
  expect(hoursFor(HOURS, [leave], ['2026-11-25', '2026-11-26'], ZONE)).toEqual(HOURS)
})

test('a booking stands where its time is, cut at the edges', () => {
  expect(place({ start: at('13:00'), end: at('15:30') }, '2026-11-25', HOURS, ZONE)).toEqual({
    left: 0.5,
    width: 0.25,
  })
  expect(place({ start: at('06:00'), end: at('09:00') }, '2026-11-25', HOURS, ZONE)).toEqual({
    left: 0,
    width: 0.1,
  })
  expect(place({ start: at('19:00'), end: at('20:00') }, '2026-11-25', HOURS, ZONE)).toBeNull()
  expect(place({ start: at('13:00'), end: at('15:30') }, '2026-11-26', HOURS, ZONE)).toBeNull()
})

test('a point is a time on the quarter of an hour', () => {
  expect(pointed(0.52, '2026-11-25', HOURS, ZONE)).toBe(at('13:00'))
  expect(pointed(-1, '2026-11-25', HOURS, ZONE)).toBe(at('08:00'))
})
