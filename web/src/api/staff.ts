/** The staff of a hospital as a whole, for lists that are searched on the page; the server gives them page by page. */
import { body, client, type Schemas } from './client'

const PAGE = 200
type Sought = { hospital_id: string; role?: Schemas['Role'] }

export async function everybody(
  sought: Sought,
  signal: AbortSignal,
): Promise<Schemas['StaffOut'][]> {
  const found: Schemas['StaffOut'][] = []
  let after: string | null = null
  do {
    const query = { ...sought, limit: PAGE, ...(after ? { after } : {}) }
    const page: Schemas['StaffList'] = await body(
      client.GET('/api/staff', { params: { query }, signal }),
    )
    found.push(...page.items)
    after = page.next
  } while (after)
  return found
}
