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
