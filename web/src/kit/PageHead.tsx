/** The head of a page: title, subject, and actions at the end of the line. */
import type { ReactNode } from 'react'
import css from './PageHead.module.css'

type Props = { title: ReactNode; note?: ReactNode; actions?: ReactNode; children?: ReactNode }

export function PageHead({ title, note, actions, children }: Props) {
  return (
    <header className={css.head}>
      <div className={css.line}>
        <h1>{title}</h1>
        {note && <span className="secondary">{note}</span>}
        {actions && <span className={`push ${css.actions}`}>{actions}</span>}
      </div>
      {children}
    </header>
  )
}
