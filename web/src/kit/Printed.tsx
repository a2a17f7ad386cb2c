/** What `window.print()` prints instead of the page, as long as it is there; the screen does not show it. */
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import css from './Printed.module.css'

export const Printed = ({ children }: { children: ReactNode }) =>
  createPortal(
    <div className={css.sheet} aria-hidden="true">
      {children}
    </div>,
    document.body,
  )
