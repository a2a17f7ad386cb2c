/** The name of a report, with what stands beside it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './report.module.css'

export function Title({ name, side }: { name?: string; side?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <header className={css.title}>
      <h2 id="report">{name ?? t('reading.report.title')}</h2>
      {side}
    </header>
  )
}
