import { expect, test } from 'vitest'
import { NAV, seenBy } from './nav'

const names = (...held: Parameters<typeof seenBy>[1]) =>
  NAV.filter((entry) => seenBy(entry, held)).map(({ name }) => name)

test('each role sees what it may open', () => {
  expect(names('radiographer')).toContain('studies')
  expect(names('expert')).not.toContain('studies')
  expect(names('expert')).toContain('consultations')
})

test('rounds are for the ward, the coordinator and the experts, and make nobody else’s bar wider', () => {
  for (const role of [
    'bed_doctor',
    'duty_doctor',
    'primary_nurse',
    'coordinator',
    'expert',
  ] as const)
    expect(names(role)).toContain('rounds')
  for (const role of ['reviewer', 'radiographer', 'quality_officer', 'administrator'] as const)
    expect(names(role)).not.toContain('rounds')
})

test('the site board is for whoever sees to rooms and carts', () => {
  for (const role of ['coordinator', 'dispatcher', 'duty_officer', 'administrator'] as const)
    expect(names(role)).toContain('sites')
  for (const role of ['expert', 'requesting_doctor', 'reviewer', 'radiographer'] as const)
    expect(names(role)).not.toContain('sites')
})

test('who only administers sees nothing clinical', () => {
  expect(names('administrator')).not.toContain('consultations')
  expect(names('administrator', 'expert')).toContain('consultations')
})
