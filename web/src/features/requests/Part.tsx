/** One part of the form: its heading, a note, and what can be done at the end of the line. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from './draft'
import css from './requests.module.css'
import { type Section, STAT_SECTIONS } from './sections'

type Props = {
  section: Section
  title?: string
  required?: boolean
  note?: ReactNode
  extra?: ReactNode
  children: ReactNode
}

export function Part({ section, title, required = true, note, extra, children }: Props) {
  const { t } = useTranslation()
  const { row } = useDraft()
  const needed = required && (row.urgency !== 'stat' || STAT_SECTIONS.has(section))
  const id = `section-${section}`
  return (
    <section className={css.part} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id}>
          {title ?? t(`requests.section.${section}`)}
          {needed && (
            <span className={css.star}>
              {' '}
              *<span className="unseen">{t('form.required')}</span>
            </span>
          )}
        </h2>
        {note && <span className="secondary small">{note}</span>}
        {extra && <span className={`push ${css.row}`}>{extra}</span>}
      </header>
      {children}
    </section>
  )
}
