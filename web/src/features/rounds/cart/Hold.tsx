/** A button that does something only when it is held: by a finger, or by the space bar or Enter. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import css from './cart.module.css'

export const HOLD_MS = 1_000

type Props = { label: string; hint: string; icon: ReactNode; onHeld: () => void }

export function Hold({ label, hint, icon, onHeld }: Props) {
  const [held, setHeld] = useState(false)
  const done = useRef(onHeld)
  done.current = onHeld
  useEffect(() => {
    if (!held) return
    const timer = setTimeout(() => {
      setHeld(false)
      done.current()
    }, HOLD_MS)
    return () => clearTimeout(timer)
  }, [held])
  const isKey = (key: string) => key === ' ' || key === 'Enter'
  return (
    <button
      type="button"
      className={`${css.big} ${css.hold}`}
      data-held={held}
      onPointerDown={() => setHeld(true)}
      onPointerUp={() => setHeld(false)}
      onPointerLeave={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={({ key, repeat }) => isKey(key) && !repeat && setHeld(true)}
      onKeyUp={({ key }) => isKey(key) && setHeld(false)}
      onBlur={() => setHeld(false)}
    >
      <span>
        {icon} {label}
      </span>
      <small>{hint}</small>
    </button>
  )
}
