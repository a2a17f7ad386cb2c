/** The keys of the worklist. Letters are its own unless somebody types or a dialog is open. */
import { useEffect, useRef } from 'react'
import { freeFor, isOurs } from '../../kit/shortcuts'

export type DeskKeys = {
  move: (by: 1 | -1) => void
  open: () => void
  next: () => void
  release: () => void
  sendBack: () => void
  list: (n: number) => void
  search: () => void
  help: () => void
}

export function useDeskKeys(does: DeskKeys): void {
  const latest = useRef(does)
  latest.current = does
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !freeFor(event) || !isOurs(event))
        return
      if (!press(latest.current, event)) return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Whether the key means something here. */
function press(does: DeskKeys, { key, target }: KeyboardEvent): boolean {
  // On a button that is no row, Enter presses that button.
  const elsewhere =
    target instanceof HTMLElement && target.matches('button, a') && !target.dataset.row
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      does.move(1)
      return true
    case 'k':
    case 'K':
    case 'ArrowUp':
      does.move(-1)
      return true
    case 'Enter':
      if (elsewhere) return false
      does.open()
      return true
    case 'n':
    case 'N':
      does.next()
      return true
    case 'u':
    case 'U':
      does.release()
      return true
    case 'b':
    case 'B':
      does.sendBack()
      return true
    case '/':
      does.search()
      return true
    case '?':
      does.help()
      return true
  }
  if (!/^[1-5]$/.test(key)) return false
  does.list(Number(key))
  return true
}
