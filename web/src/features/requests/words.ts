/** The missing words of the server, in the words of the page; and the way to their field. */
import { useTranslation } from 'react-i18next'
import { wordOr } from '../../consultation/view'
import { fieldId } from './sections'

export function useMissingWords() {
  const { t, i18n } = useTranslation()
  const one = (word: string): string =>
    wordOr(t, (key) => i18n.exists(key), `missing.${word}`, word)
  const list = (words: readonly string[]): string =>
    words.map(one).join(i18n.language === 'en' ? ', ' : '、')
  /** Where a text of the record is from: a word of ours, or the hospital system's own. */
  const source = (word: string): string =>
    wordOr(t, (key) => i18n.exists(key), `requests.source.${word}`, word)
  const checklist = (word: string): string => one(`checklist.${word}`)
  return { one, list, source, checklist }
}

/** Scrolls the field of a missing word into view and puts the cursor there. */
export function goTo(word: string): void {
  const found = document.getElementById(fieldId(word))
  if (!found) return
  found.scrollIntoView({ block: 'center' })
  const inside = found.matches('input, textarea, button, [tabindex]')
    ? found
    : found.querySelector<HTMLElement>('input, textarea, button')
  inside?.focus({ preventScroll: true })
}
