import { expect, it } from 'vitest'
import { source } from './sender'

it('sends a file that goes in one piece as it is, and slices of a longer one', async () => {
  const file = new File(['abcdef'], 'a')
  expect((await source(file).slice(0, 8)).value).toBe(file)
  const rest = await source(file).slice(4, 12)
  expect([await (rest.value as Blob).text(), rest.done]).toEqual(['ef', true])
  expect((await source(file).slice(0, 4)).done).toBe(false)
})
