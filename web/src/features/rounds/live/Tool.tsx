/** A button of the bar below: a sign with a word under it. */
import type { ReactNode } from 'react'
import css from './bar.module.css'

type Props = {
  id?: string
  icon: ReactNode
  label: string
  off?: boolean
  /** Of what it opens and closes. */
  pressed?: boolean
  /** What waits there, in words. */
  count?: string | null
  onClick: () => void
}

export function Tool({ id, icon, label, off = false, pressed, count, onClick }: Props) {
  return (
    <button
      id={id}
      type="button"
      className={css.tool}
      data-off={off}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <span aria-hidden>{icon}</span>
      {label}
      {count && <b className={css.count}>{count}</b>}
    </button>
  )
}
