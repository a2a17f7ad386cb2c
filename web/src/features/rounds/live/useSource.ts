/** The name of a system from which values come: translated, or the hospital's own. */
import { useTranslation } from 'react-i18next'
import { wordOr } from '../../../consultation/view'

export function useSource(): (word: string) => string {
  const { t, i18n } = useTranslation()
  return (word) => wordOr(t, (key) => i18n.exists(key), `requests.source.${word}`, word)
}
