import { expect, it } from 'vitest'
import names from '../../../../tests/telemed/reading/part_names.json'
import { partOf, sideOf } from './part'

// The server finds priors with the same words: telemed/reading/priors.py has the same examples.
it.each(names)('reads part and side from %s', (name, part, side) => {
  expect([partOf(name ?? ''), sideOf(name ?? '')]).toEqual([part, side])
})
