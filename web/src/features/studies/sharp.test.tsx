import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import StudyPanel from './StudyPanel'

test('where there is nothing to see, nothing is waited for', () => {
  const said: boolean[] = []
  render(<StudyPanel studies={[]} expected={null} onSharp={(sharp) => said.push(sharp)} />)
  expect(said.at(-1)).toBe(true)
})
