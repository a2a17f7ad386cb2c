/** A Chinese name in letters, from its syllables: "qin di xiu" is "Qin Dixiu", family name first. */
const HAN_NAME = /^[\p{Script=Han}\s·・•]+$/u
/** How a record names a patient whom nobody knows, in whatever language it was begun. */
export const NAMELESS = '无名氏'
const DOT = /[·・•]/

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const joined = (syllables: readonly string[]) => capital(syllables.join(''))

/** Empty where there is nothing to add: no syllables, or a name that is not written in characters alone. */
export function latinName(name: string, pinyin: string | null | undefined): string {
  if (!pinyin || !HAN_NAME.test(name)) return ''
  // 阿依古丽·买买提 has no family name in front: each part is a word.
  if (DOT.test(pinyin))
    return pinyin
      .split(DOT)
      .map((part) => joined(part.trim().split(/\s+/)))
      .join(' ')
  const [family = '', ...given] = pinyin.trim().split(/\s+/)
  return [capital(family), joined(given)].filter(Boolean).join(' ')
}
