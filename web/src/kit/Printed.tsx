/** What is printed instead of the page, as long as it is there; the screen does not show it. */
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import css from './Printed.module.css'

export function Printed({ children }: { children: ReactNode }) {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return printing && createPortal(<div className={css.sheet}>{children}</div>, document.body)
}
