/** What the list of discrepancies reads. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'
import type { Grade } from './comparing'

export type Discrepancies = Schemas['DiscrepancyList']
export type Discrepancy = Schemas['DiscrepancyRow']
/** Empty: every site or grade, the last 30 days. */
export type Asked = { since: string; until: string; branch: string; grade: Grade | '' }

export const discrepanciesQuery = ({ since, until, branch, grade }: Asked) =>
  queryOptions({
    queryKey: ['readings', 'discrepancies', since, until, branch, grade],
    queryFn: ({ signal }) => {
      const days = { ...(since && { since }), ...(until && { until }) }
      const query = { ...days, branch, ...(grade && { grade }) }
      return body(client.GET('/api/discrepancies', { params: { query }, signal }))
    },
  })

const DAY = 86_400_000
const MOST_DAYS = 366
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The days with another end; the other end goes along as far as it must. A year that is being typed changes nothing. */
export function daysWith<Days extends Pick<Asked, 'since' | 'until'>>(
  days: Days,
  end: 'since' | 'until',
  value: string,
): Days {
  const at = Date.parse(value)
  if (!(value >= '1900' && value < '2200') || Number.isNaN(at)) return days
  const [first, last] = end === 'since' ? [at, at + MOST_DAYS * DAY] : [at - MOST_DAYS * DAY, at]
  const other = Date.parse(end === 'since' ? days.until : days.since)
  const within = dayOf(Number.isNaN(other) ? at : Math.min(last, Math.max(first, other)))
  return end === 'since'
    ? { ...days, since: value, until: within }
    : { ...days, since: within, until: value }
}
