import { renderHook } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { changeLanguage } from '../../i18n'
import { afresh, withRoundWords } from './testing'
import { useWhy } from './why'

beforeAll(withRoundWords)

test('a word of the system is translated, and somebody’s own words stay as they are', async () => {
  afresh()
  const { result, rerender } = renderHook(useWhy)
  expect(result.current('not_reached')).toBe('本次未查到')
  expect(result.current('外出检查')).toBe('外出检查')
  await changeLanguage('en')
  await withRoundWords()
  rerender()
  expect(result.current('consent_withdrawn')).toBe('The consent was withdrawn')
  afresh()
})
