/** A round with its list, one bed of it, and what was measured of its patient. Hints of `round` and `round_item` make
 *  the first two stale. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../../api/client'
import { notBack } from '../ahead'
import { BEFORE, type Item, type Round, RUNNING, roundQuery } from '../queries'

export type { Item, Round }
export type Bed = Schemas['BedOut']
export type Instruction = Schemas['InstructionOut']
export type InstructionKind = Schemas['InstructionKind']
export type Chart = Schemas['ChartOut']

/** Its room opens by the clock, of which no hint tells. */
const OPENS_MS = 30_000
/** A hint that was missed, or a read that failed, leaves nobody at the bed before. */
const AT_LATEST_MS = 10_000
const MEASURED_MS = 60_000

/** As on the round's own page. */
export const liveQuery = (id: string) =>
  queryOptions({
    ...roundQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data && isRunning(data) ? AT_LATEST_MS : data && isAhead(data) ? OPENS_MS : false,
  })

export const bedQuery = (id: string) =>
  queryOptions({
    queryKey: ['rounds', 'bed', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/items/{id}', { params: { path: { id } }, signal })),
    refetchInterval: AT_LATEST_MS,
    structuralSharing: notBack,
  })

/** Under the same key as on a case's page. */
export const chartQuery = (patient: string) =>
  queryOptions({
    queryKey: ['chart', patient],
    queryFn: ({ signal }) =>
      body(client.GET('/api/patients/{id}/chart', { params: { path: { id: patient } }, signal })),
    refetchInterval: MEASURED_MS,
  })

/** It has not begun. */
export const isAhead = ({ state }: Pick<Round, 'state'>): boolean => BEFORE.has(state)
export const isRunning = ({ state }: Pick<Round, 'state'>): boolean => RUNNING.has(state)
/** What is said and instructed is taken. */
export const takesWords = (round: Pick<Round, 'state'>): boolean =>
  isRunning(round) || round.state === 'converted'
