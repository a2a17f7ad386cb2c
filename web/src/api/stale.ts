/** Which queries a change makes stale; one table for this person's acts and for live hints of others'. */
import type { QueryClient, QueryKey } from '@tanstack/react-query'

export const BEDS: QueryKey = ['rounds', 'bed']
const SHEETS: QueryKey = ['rounds', 'session']
const sheetOf = (round: string): QueryKey => [...SHEETS, round]

/** Queries that depend on a thing, besides its own `[topic, id]` and the list `[topics]`. */
const MADE_OF = {
  work: () => [['home']],
  ringing: () => [['ringing']],
  notices: () => [['notices'], ['critical_findings']],
  exceptions: () => [['exceptions']],
  rung: (id) => [
    ['rung', id],
    ['told', id],
  ],
  deadline: (id) => [['home'], ['exceptions'], ['told', id]],
  notice: (id) => [
    ['rung', id],
    ['told', id],
  ],
  /** By the patient's id; a list says what is missing. */
  chart: () => [['rounds', 'session']],
  /** Its page alone shows who has seen what they were told of it. */
  told: () => [],
  consultation: (id) => [
    ['home'],
    ['exceptions'],
    ['ringing'],
    ['rung', id],
    ['told', id],
    ['request', id],
    ['requests'],
  ],
  request: () => [],
  /** An opinion and its advice have the consultation's id. */
  opinion: (id) => [['consultation', id], ['home']],
  advice: () => [['home']],
  booking: () => [['calendar'], ['home']],
  proposals: (id) => [['consultation', id, 'proposals']],
  // Any request or case may show the study; only queries on screen are fetched again.
  /** By the study's UID. */
  marks: () => [],
  study: () => [['studies'], ['request'], ['consultation']],
  /** Phrases are read with the templates. */
  'report-template': () => [],
  'reading-desk': () => [],
  person: () => [['people'], ['departments'], ['hospitals']],
  place: () => [['departments'], ['wards'], ['venues'], ['agreements'], ['hospitals'], ['session']],
  ladder: () => [],
  workday: () => [],
  roster: () => [['roster'], ['on-duty'], ['home']],
  session: () => [['session']],
  account: () => [['account']],
  choice: () => [['choice']],
  outside: () => [['outside']],
  source: () => [],
  'device-test': () => [],
  device: () => [],
  'break-glass': () => [['break-glass']],
  reading: () => [['home'], ['consultation_readings']],
  /** By the study's UID; over-reads of the study are given what is signed. */
  'own-report': () => [['readings'], ['reading']],
  critical_finding: (id) => [['home'], ['told', id]],
  round: (id) => [
    sheetOf(id),
    ['rounds', 'list'],
    ['rounds', 'series'],
    ['rounds', 'notes'],
    ['home'],
  ],
  /** What somebody does on the run-sheet of a round: the sheet and its beds, until the hints come. */
  run_sheet: (id) => [BEDS, sheetOf(id)],
  /** The sheet alone, where the bed is known at which it was done. */
  sheet: (id) => [sheetOf(id)],
  round_item: (id) => [
    [...BEDS, id],
    ['rounds', 'note', id],
  ],
} satisfies Record<string, (id: string) => QueryKey[]>

/** All that depends on them stands above: an act at one bed does not fetch the other beds again. */
const ONLY_THESE: ReadonlySet<string> = new Set(['round', 'round_item', 'run_sheet', 'sheet'])

export type Topic = keyof typeof MADE_OF
/** What an act changes, by topic: the thing's id, or `'*'` if only lists and pages depend on it. */
export type Changes = Readonly<Partial<Record<Topic, string>>>

const isTopic = (word: string): word is Topic => Object.hasOwn(MADE_OF, word)

/** The stale queries. An unknown topic is that of a newer server or of a kind of activity without pages here:
 *  home, which shows every kind, depends on it. */
function readsOf(topic: string, id: string): QueryKey[] {
  const made = isTopic(topic) ? MADE_OF[topic](id) : [['home']]
  return ONLY_THESE.has(topic) ? made : [[topic, id], [`${topic}s`], ...made]
}

const startsWith = (key: QueryKey, one: QueryKey): boolean =>
  one.every((word, n) => word === key[n])

/** Fetches each query once, however many changes it depends on; done when the pages have the new data. */
async function refetch(client: QueryClient, keys: QueryKey[]): Promise<void> {
  const known = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()]
  // What a shorter key includes is fetched with it.
  const each = known.filter((key) => !known.some((one) => one !== key && startsWith(key, one)))
  await Promise.all(each.map((queryKey) => client.invalidateQueries({ queryKey })))
  // A hint that came meanwhile has replaced these fetches by its own: they are awaited too.
  const under = each.map((queryKey) => ({ queryKey, type: 'active' }) as const)
  while (under.some((filter) => client.isFetching(filter) > 0))
    await Promise.all(
      under.map((filter) =>
        client.refetchQueries({ ...filter, fetchStatus: 'fetching' }, { cancelRefetch: false }),
      ),
    )
}

export const changed = (client: QueryClient, topic: string, id: string): Promise<void> =>
  refetch(client, readsOf(topic, id))

export const allChanged = (client: QueryClient, changes: Changes): Promise<void> =>
  refetch(
    client,
    Object.entries(changes).flatMap(([topic, id]) => readsOf(topic, id)),
  )

/** One act sends several hints within some milliseconds, and its answer with them: what they make stale is fetched
 *  once. */
const TOGETHER_MS = 20
/** So long what is fetched first keeps the rest waiting. */
const FIRST_MS = 500

type Stale = { key: QueryKey; rev: number }

/** Takes changes one by one and fetches for all of the same moment together. Done when the pages have the new data.
 *  `rev`: the revision of a round that the hint tells of; what is here at it is not fetched. */
export function together(
  client: QueryClient,
): (topic: string, id: string, rev?: number) => Promise<void> {
  let waiting: Stale[] = []
  let fetched: Promise<void>
  return (topic, id, rev = 0) => {
    if (waiting.length === 0)
      fetched = new Promise((done) => {
        setTimeout(() => {
          done(inOrder(client, waiting))
          waiting = []
        }, TOGETHER_MS)
      })
    const known = ONLY_THESE.has(topic) ? rev : 0
    waiting.unshift(...readsOf(topic, id).map((key) => ({ key, rev: known })))
    return fetched
  }
}

/** Every screen of a round asks the same server in the same moment, so each asks first for what somebody waits to see:
 *  of what is said at one bed its page, and when the round goes from bed to bed the sheet. Nothing else waits. */
async function inOrder(client: QueryClient, stale: readonly Stale[]): Promise<void> {
  const beds = stale.map(({ key }) => key).filter((key) => startsWith(key, BEDS))
  const last = new Set(beds.map((key) => JSON.stringify(key))).size === 1 ? SHEETS : BEDS
  const waits = stale.filter(({ key }) => startsWith(key, last))
  const first = bringUp(
    client,
    stale.filter((each) => !waits.includes(each)),
  )
  if (waits.length > 0)
    await Promise.race([first, new Promise((over) => setTimeout(over, FIRST_MS))])
  await Promise.all([first, bringUp(client, waits)])
}

async function bringUp(client: QueryClient, stale: readonly Stale[]): Promise<void> {
  const missing = await Promise.all(
    stale.map(async ({ key, rev }) => rev === 0 || !(await isHere(client, key, rev))),
  )
  await refetch(
    client,
    stale.filter((_, n) => missing[n]).map(({ key }) => key),
  )
}

/** What is under way may bring it: the hint of an act is often here after its answer has been acted on. */
async function isHere(client: QueryClient, queryKey: QueryKey, rev: number): Promise<boolean> {
  const coming = { queryKey, exact: true, type: 'active', fetchStatus: 'fetching' } as const
  await client.refetchQueries(coming, { cancelRefetch: false })
  const state = client.getQueryState<{ rev?: number }>(queryKey)
  return !state?.isInvalidated && (state?.data?.rev ?? -1) >= rev
}
