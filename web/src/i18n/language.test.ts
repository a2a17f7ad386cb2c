import i18next from 'i18next'
import { afterEach, expect, test } from 'vitest'
import { changeLanguage, language, withWords } from '.'
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

test.each(['before', 'after'])(
  'a part that is opened as the language changes has its words in the new one: %s',
  async (when) => {
    const of = (word: string) => async () => ({ probe: { [when]: word } })
    const words = { 'zh-CN': of('甲'), en: of('one') }
    if (when === 'after') changeLanguage('en')
    const drawn = withWords(words, Promise.resolve())
    if (when === 'before') changeLanguage('en')
    await drawn
    await expect.poll(language).toBe('en')
    expect((i18next.t as unknown as (key: string) => string)(`probe.${when}`)).toBe('one')
  },
)
