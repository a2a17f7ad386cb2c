import { afterEach, expect, test } from 'vitest'
import { changeLanguage, language } from '.'
import { STORE } from './words'

afterEach(async () => {
  changeLanguage('zh-CN')
  await expect.poll(language).toBe('zh-CN')
})

test('a tab follows the language that another tab of this browser has chosen', async () => {
  window.dispatchEvent(new StorageEvent('storage', { key: 'another', newValue: 'en' }))
  window.dispatchEvent(new StorageEvent('storage', { key: STORE, newValue: 'xx' }))
  expect(language()).toBe('zh-CN')
  window.dispatchEvent(new StorageEvent('storage', { key: STORE, newValue: 'en' }))
  await expect.poll(language).toBe('en')
})
