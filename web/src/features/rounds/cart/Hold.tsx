/** A button that does something only when it is held: by a finger, or by the space bar or Enter. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import css from './cart.module.css'

export const HOLD_MS = 1_000

/** A finger may tremble, and the button may move under it while the page is still loading. */
const TREMBLES_PX = 48

type Props = { label: string; hint: string; icon: ReactNode; onHeld: () => void }

export function Hold({ label, hint, icon, onHeld }: Props) {
  const [held, setHeld] = useState(false)
  /** Where the finger came down; null for a key. */
  const from = useRef<{ x: number; y: number } | null>(null)
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
      onPointerDown={({ currentTarget, pointerId, clientX, clientY }) => {
        currentTarget.setPointerCapture(pointerId)
        from.current = { x: clientX, y: clientY }
        setHeld(true)
      }}
      onPointerMove={({ clientX, clientY }) => {
        const { x, y } = from.current ?? { x: clientX, y: clientY }
        if (Math.hypot(clientX - x, clientY - y) > TREMBLES_PX) setHeld(false)
      }}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={({ key, repeat }) => {
        if (!isKey(key) || repeat) return
        from.current = null
        setHeld(true)
      }}
      onKeyUp={({ key }) => isKey(key) && setHeld(false)}
      onBlur={() => from.current === null && setHeld(false)}
    >
      <span>
        {icon} {label}
      </span>
      <small>{hint}</small>
    </button>
  )
}
