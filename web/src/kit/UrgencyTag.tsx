/** The urgency as a word; in a list narrow and of one width, so that a column lines up. */
import { useTranslation } from 'react-i18next'
import type { Urgency } from './types'
import css from './UrgencyTag.module.css'

type Props = { urgency: Urgency; narrow?: boolean }

export function UrgencyTag({ urgency, narrow = false }: Props) {
  const { t } = useTranslation()
  return (
    <span className={`${css.tag} ${css[urgency]} ${narrow ? css.narrow : ''}`}>
      {t(`urgency.${urgency}`)}
    </span>
  )
}
