/** Which row of the list is chosen. One that leaves the list gives its place to its neighbour, not to the first. */
import { useEffect, useRef, useState } from 'react'
import type { ReadingList, Row } from './queries'

type Pages = { pages: ReadingList[] } | undefined
type Found = {
  data: Pages
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<{ data: Pages }>
}
type Kept = { id: string; place: number; of: string }

const rowsOf = (data: Pages): Row[] => data?.pages.flatMap(({ items }) => items) ?? []

/** `of`: what the list is asked for; another list begins at its first row. */
export function useChosen(found: Found, of: string) {
  const rows = rowsOf(found.data)
  const [kept, setKept] = useState<Kept | null>(null)
  const at = rows.findIndex(({ id }) => id === kept?.id)
  const left = kept?.of === of ? Math.min(kept.place, rows.length - 1) : 0
  const place = at >= 0 ? at : left
  const chosen = rows[place]
  if (chosen) {
    const now = { id: chosen.id, place, of }
    if (now.id !== kept?.id || place !== kept.place || of !== kept.of) setKept(now)
  }
  const toFocus = useRef<string | null>(null)
  useEffect(() => {
    if (!chosen || toFocus.current !== chosen.id) return
    toFocus.current = null
    document.querySelector<HTMLElement>(`[data-row="${chosen.id}"]`)?.focus()
  }, [chosen])
  /** Behind the last row that has come is the next page, unless one has moved on meanwhile. */
  const fetchOn = async (from: Row) => {
    const next = rowsOf((await found.fetchNextPage()).data)[place + 1]
    if (!next) return
    setKept((old) => {
      if (old?.id !== from.id) return old
      toFocus.current = next.id
      return { id: next.id, place: place + 1, of }
    })
  }
  return {
    rows,
    chosen,
    pick: (row: Row) => setKept({ id: row.id, place: rows.indexOf(row), of }),
    move: (by: 1 | -1) => {
      const next = rows[place + by]
      if (next) {
        toFocus.current = next.id
        setKept({ id: next.id, place: place + by, of })
      } else if (by > 0 && chosen && found.hasNextPage && !found.isFetchingNextPage)
        void fetchOn(chosen)
    },
  }
}
