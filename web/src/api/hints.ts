/** What a hint makes stale: the thing itself, the lists of its kind, and what is made of it. */
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Hint } from './live'

/** Reads that are made of several kinds of thing, beside `[topic, id]` and `[topics]`. */
const ALSO: Record<string, (id: string) => QueryKey[]> = {
  work: () => [['home']],
  consultation: (id) => [['home'], ['request', id], ['requests']],
  opinion: (id) => [['consultation', id], ['home']],
  advice: () => [['home']],
  booking: () => [['calendar'], ['home']],
  // A study is in whatever request or case is on the screen: only what is shown is read again.
  study: () => [['studies'], ['request'], ['consultation']],
}

/** A topic without a reader is left alone: an older page meets a newer server after a release. */
export function applyHint(client: QueryClient, { topic, id }: Hint): void {
  const keys: QueryKey[] = [[topic, id], [`${topic}s`], ...(ALSO[topic]?.(id) ?? [])]
  for (const queryKey of keys) void client.invalidateQueries({ queryKey })
}
