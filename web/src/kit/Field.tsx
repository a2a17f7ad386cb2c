/** A form field with its label, the source of its value, and its error. */
import { type ReactElement, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Field.module.css'

export type FieldIds = { id: string; 'aria-describedby': string; 'aria-invalid': boolean }
type Props = {
  label: string
  required?: boolean
  hint?: ReactNode
  /** A sentence; marks the field as wrong. */
  error?: string | null
  /** Source and time of a prefilled value. */
  source?: string | null
  children: (ids: FieldIds) => ReactElement
}

export function Field({ label, required, hint, error, source, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className={css.field}>
      <label htmlFor={id}>
        {label}
        {required && (
          <span className={css.required} title={t('form.required')}>
            {' '}
            *<span className="unseen">{t('form.required')}</span>
          </span>
        )}
      </label>
      {source && <span className={`secondary small ${css.source}`}>{source}</span>}
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': Boolean(error) })}
      <div id={noteId} className={css.note}>
        {error && <span className="late">{error}</span>}
        {!error && hint && <span className="secondary">{hint}</span>}
      </div>
    </div>
  )
}
