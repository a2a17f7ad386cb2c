/** The focus in a list whose rows go away when they are done: it moves to the next row and never falls out of the page. */
import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

const rowsIn = (list: HTMLElement | null) => [
  ...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? []),
]
const open = ({ dataset }: HTMLElement) => dataset.held === undefined
const actOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLElement>('[data-act]')

export function useRowFocus(list: RefObject<HTMLElement | null>, ids: string) {
  const last = useRef<{ id: string | undefined; at: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other rows are shown
  useLayoutEffect(() => {
    const was = last.current
    if (!was || document.activeElement !== document.body) return
    const rows = rowsIn(list.current)
    if (rows.some(({ dataset }) => dataset.row === was.id)) return
    actOf(rows[Math.min(was.at, rows.length - 1)])?.focus()
  }, [ids])
  return {
    onFocus: ({ target }: FocusEvent) => {
      const row = target.closest<HTMLElement>('[data-row]')
      if (row) last.current = { id: row.dataset.row, at: rowsIn(list.current).indexOf(row) }
    },
    /** Somebody who goes elsewhere is not called back. A row that goes away takes its focus with it without a word. */
    onBlur: ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget === null && target.isConnected) last.current = null
    },
    /** To the next row with something to do after this one; if there is none, it stays where it is. */
    toNext: (id: string) => {
      const rows = rowsIn(list.current)
      const at = rows.findIndex(({ dataset }) => dataset.row === id)
      actOf(rows.slice(at + 1).find(open))?.focus()
    },
    /** To the first row with something to do; to the list itself if there is none. */
    toFirst: () => (actOf(rowsIn(list.current).find(open)) ?? list.current)?.focus(),
  }
}
