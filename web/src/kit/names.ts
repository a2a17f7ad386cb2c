/** A Chinese name in letters, from its syllables: "qin di xiu" is "Qin Dixiu", family name first. */
const HAN_NAME = /^[\p{Script=Han}\s·・•]+$/u
/** The name of an unknown patient in records of either language. */
export const NAMELESS = '无名氏'
const DOT = /[·・•]/

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const joined = (syllables: readonly string[]) => capital(syllables.join(''))

/** The name in letters; empty if there are no syllables or the name is not in characters only. */
export function latinName(name: string, pinyin: string | null | undefined): string {
  if (!pinyin || !HAN_NAME.test(name)) return ''
  // 阿依古丽·买买提 does not begin with a family name: each part is a word.
  if (DOT.test(pinyin))
    return pinyin
      .split(DOT)
      .map((part) => joined(part.trim().split(/\s+/)))
      .join(' ')
  const [family = '', ...given] = pinyin.trim().split(/\s+/)
  return [capital(family), joined(given)].filter(Boolean).join(' ')
}
