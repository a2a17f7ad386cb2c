/** The patient in an image's header, and where it differs from the patient of the page. */
import type { ExpectedPatient } from '../types'
import { type Dataset, item, items, type PersonName, personName, text } from './json'

export type Difference = 'name' | 'sex' | 'birthDate' | 'number'

/** "陈远山", "CHEN Yuanshan": the group for the reader's language, else the other one. */
export function shownName(name: PersonName, language: 'zh-CN' | 'en'): string {
  const latin = name.alphabetic.replace(/\^+/g, ' ').replace(/\s+/g, ' ').trim()
  const han = name.ideographic.replace(/\^+/g, '').trim()
  if (language === 'en' && latin && han) return `${latin} ${han}`
  return han || latin
}

/** How the archive read the text where its label was wrong, from the Original Attributes Sequence; else null. */
export function textReading(ds: Dataset): 'repaired' | 'as_stored' | null {
  const said = items(ds, '04000561').find(
    (each) => text(each, '04000563') === 'telemed' && item(each, '04000550')?.['00080005'],
  )
  if (!said) return null
  return text(said, '04000565') === 'CORRECT' ? 'repaired' : 'as_stored'
}

const letters = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const bare = (s: string) => letters(s).replace(/[\s^=,.·'-]+/g, '')

const HAN = /\p{Script=Han}/u

/** The given and the family name in either order. */
function orders(name: string): string[] {
  const parts = letters(name)
    .split(/[\s^=,.·'-]+/)
    .filter((part) => part !== '')
  const [first = '', ...rest] = parts
  return [parts.join(''), rest.join('') + first]
}

/** Whether the names are the same; null if they cannot be compared. */
export function sameName(header: PersonName, expected: ExpectedPatient): boolean | null {
  const written = [header.ideographic, header.alphabetic].filter((name) => name !== '')
  if (written.length === 0) return null
  if (written.some((name) => bare(name) === bare(expected.name))) return true
  const latin = [expected.name, expected.pinyin ?? ''].filter((name) => name && !HAN.test(name))
  const hasHan = written.some((name) => HAN.test(name))
  if (hasHan && HAN.test(expected.name)) return false
  if (latin.length === 0) return null
  return latin.some((name) =>
    orders(name).some((order) => written.some((w) => !HAN.test(w) && orders(w).includes(order))),
  )
}

export function differences(ds: Dataset, expected: ExpectedPatient): Difference[] {
  const found: Difference[] = []
  if (sameName(personName(ds, '00100010'), expected) === false) found.push('name')
  const sex = text(ds, '00100040')
  if (sex && expected.sex && sex !== expected.sex) found.push('sex')
  const birth = text(ds, '00100030')
  if (birth && expected.birthDate && birth !== expected.birthDate.replaceAll('-', '')) {
    found.push('birthDate')
  }
  const number = text(ds, '00100020')
  if (number && expected.identifiers.length > 0 && !expected.identifiers.includes(number)) {
    found.push('number')
  }
  return found
}
