import { expect, test } from 'vitest'
import { NAV, seenBy } from './nav'

const names = (...held: Parameters<typeof seenBy>[1]) =>
  NAV.filter((entry) => seenBy(entry, held)).map(({ name }) => name)

test('each role sees what it may open', () => {
  expect(names('radiographer')).toContain('studies')
  expect(names('expert')).not.toContain('studies')
  expect(names('expert')).toContain('consultations')
})

test('who only administers sees nothing clinical', () => {
  expect(names('administrator')).not.toContain('consultations')
  expect(names('administrator', 'expert')).toContain('consultations')
})
