/** Short texts separated by dots; a dot at the start of a line is hidden. */
import { Children, type ReactNode } from 'react'
import css from './Dotted.module.css'

export function Dotted({ children }: { children: ReactNode }) {
  return (
    <span className={css.clip}>
      <span className={css.items}>
        {Children.toArray(children).map((text, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the texts have no other identity
          <span key={i} className={css.item}>
            {text}
          </span>
        ))}
      </span>
    </span>
  )
}
