/** What a window over the page took the focus from has it again when the window is gone. The library gives it back only
 *  when its window is told to close; most of ours are simply no longer drawn. */
import { useLayoutEffect } from 'react'

export function useFocusBack(open = true): void {
  useLayoutEffect(() => {
    if (!open) return
    const from = document.activeElement
    return () =>
      // After React has taken the window out of the page; who has gone on to something else is not called back.
      queueMicrotask(() => {
        if (document.activeElement === document.body && from instanceof HTMLElement) from.focus()
      })
  }, [open])
}
