/** Texts for the server's missing codes; and scrolling to their fields. */
import { useTranslation } from 'react-i18next'
import { wordOr } from '../../consultation/view'
import { fieldId } from './sections'

export function useMissingWords() {
  const { t, i18n } = useTranslation()
  const one = (word: string): string =>
    wordOr(t, (key) => i18n.exists(key), `missing.${word}`, word)
  const list = (words: readonly string[]): string =>
    words.map(one).join(i18n.language === 'en' ? ', ' : '、')
  /** The source of a text: translated, or the hospital system's own name. */
  const source = (word: string): string =>
    wordOr(t, (key) => i18n.exists(key), `requests.source.${word}`, word)
  const checklist = (word: string): string => one(`checklist.${word}`)
  return { one, list, source, checklist }
}

/** Scrolls to the field of a missing code and focuses it. */
export function goTo(word: string): void {
  const found = document.getElementById(fieldId(word))
  if (!found) return
  found.scrollIntoView({ block: 'center' })
  const inside = found.matches('input, textarea, button, [tabindex]')
    ? found
    : found.querySelector<HTMLElement>('input, textarea, button')
  inside?.focus({ preventScroll: true })
}
