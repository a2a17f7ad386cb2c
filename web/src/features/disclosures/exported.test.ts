/** The words of changes for the server, whose export (CSV) says what this page says: `make client` writes them to
 *  telemed/disclosures/words.gen.json, and this test fails while that file is not what the page has. */
import i18next from 'i18next'
import { expect, test } from 'vitest'
import { changeLanguage, language } from '../../i18n'
import { BEGINNINGS, EMPTY } from './values'

type Words = { readonly [key: string]: string | Words }

const inside = (words: Words, name: string): Words => {
  const found = words[name]
  return typeof found === 'object' ? found : {}
}

/** Where the values' words begin with `rosters.covers_`: { always: …, working: … }. */
function beginning(words: Words, begins: string): Words {
  const path = begins.split('.')
  const stem = path.pop() ?? ''
  const all = Object.entries(path.reduce(inside, words))
  return Object.fromEntries(
    all
      .filter(([key, word]) => key.startsWith(stem) && typeof word === 'string')
      .map(([key, word]) => [key.slice(stem.length), word]),
  )
}

function exported(words: Words) {
  const {
    what,
    verb,
    purpose,
    field,
    field_of,
    refused,
    system,
    empty,
    yes,
    no,
    comma,
    semicolon,
    colon,
  } = inside(words, 'audit')
  const each = (of: Readonly<Record<string, string>>, word: (key: string) => unknown) =>
    Object.fromEntries(Object.entries(of).map(([name, key]) => [name, word(key)]))
  const own = inside(inside(words, 'audit'), 'field_of')
  return {
    ...{ what, verb, purpose, refused, system, empty, yes, no, comma, semicolon, colon },
    field,
    field_of: {
      ...(field_of as Words),
      source: { ...inside(inside(words, 'systems'), 'part'), ...inside(own, 'source') },
    },
    value: each(BEGINNINGS, (begins) => beginning(words, begins)),
    empty_of: each(EMPTY, (key) => i18next.t(key as never)),
  }
}

test('the export has the words of this page', async () => {
  const all: Record<string, object> = {}
  for (const each of ['en', 'zh-CN'] as const) {
    changeLanguage(each)
    await expect.poll(language, { timeout: 30_000 }).toBe(each)
    all[each] = exported(i18next.getResourceBundle(each, 'translation'))
  }
  await expect(`${JSON.stringify(all, null, 1)}\n`).toMatchFileSnapshot(
    '../../../../telemed/disclosures/words.gen.json',
  )
})
