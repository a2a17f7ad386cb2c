/** The urgency as a word of fixed width, so that a column lines up. */
import { useTranslation } from 'react-i18next'
import type { Urgency } from './types'
import css from './UrgencyTag.module.css'

export function UrgencyTag({ urgency }: { urgency: Urgency }) {
  const { t } = useTranslation()
  return <span className={`${css.tag} ${css[urgency]}`}>{t(`urgency.${urgency}`)}</span>
}
