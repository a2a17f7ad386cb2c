/** What a change makes stale: one table for what a person does here and for the hints of what others do. */
import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Reads that are made of a thing, beside its own `[topic, id]` and the list `[topics]`. */
const MADE_OF = {
  work: () => [['home']],
  consultation: (id) => [['home'], ['request', id], ['requests']],
  request: () => [],
  /** An opinion and its advice go by the consultation's id. */
  opinion: (id) => [['consultation', id], ['home']],
  advice: () => [['home']],
  booking: () => [['calendar'], ['home']],
  proposals: (id) => [['consultation', id, 'proposals']],
  // A study is in whatever request or case is on the screen: only what is shown is read again.
  study: () => [['studies'], ['request'], ['consultation']],
  session: () => [['session']],
  'device-test': () => [],
} satisfies Record<string, (id: string) => QueryKey[]>

export type Topic = keyof typeof MADE_OF
/** What an act changes, by topic: the id of the thing, or `'*'` where only lists and pages are made of it. */
export type Changes = Readonly<Partial<Record<Topic, string>>>

const isTopic = (word: string): word is Topic => word in MADE_OF

/** A topic without a reader is left alone: an older page meets a newer server after a release. */
const readsOf = (topic: string, id: string): QueryKey[] => [
  [topic, id],
  [`${topic}s`],
  ...(isTopic(topic) ? MADE_OF[topic](id) : []),
]

/** Each read once: home is made of nearly everything. */
async function refetch(client: QueryClient, keys: QueryKey[]): Promise<void> {
  const each = new Map(keys.map((queryKey) => [JSON.stringify(queryKey), queryKey]))
  await Promise.all([...each.values()].map((queryKey) => client.invalidateQueries({ queryKey })))
}

export const changed = (client: QueryClient, topic: string, id: string): Promise<void> =>
  refetch(client, readsOf(topic, id))

export const allChanged = (client: QueryClient, changes: Changes): Promise<void> =>
  refetch(
    client,
    Object.entries(changes).flatMap(([topic, id]) => readsOf(topic, id)),
  )
