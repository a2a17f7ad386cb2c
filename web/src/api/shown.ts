/** What this page shows of a live round: the server sends it along with the hint that it has changed. */
import type { QueryClient } from '@tanstack/react-query'
import { BEDS } from './stale'

/** As the server takes at once. */
const MOST = 8

type Read = { rev: number }

/** Says which beds are on the page, at once and whenever that changes, until disposed. */
export function watchShown(client: QueryClient, say: (ids: string[]) => void): () => void {
  let said = ''
  function look() {
    const beds = client.getQueryCache().findAll({ queryKey: BEDS, type: 'active' })
    const ids = beds.map(({ queryKey }) => String(queryKey[BEDS.length])).slice(0, MOST)
    const now = ids.sort().join()
    if (now !== said) say(ids)
    said = now
  }
  look()
  return client.getQueryCache().subscribe(({ type }) => {
    if (type.startsWith('observer')) look()
  })
}

/** Takes what came with a hint, where the page still shows it and has read nothing newer. */
export function takeShown(client: QueryClient, topic: string, id: string, data: Read): void {
  const queryKey = [...BEDS, id]
  const known = topic === 'round_item' && client.getQueryData<Read>(queryKey)
  if (known && known.rev < data.rev) client.setQueryData(queryKey, data)
}
