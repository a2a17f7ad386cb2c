/** A request as the fields of which unsent text is kept, and such text as a change of the form. */
import type { Offer } from '../../kit/unsent/useUnsent'
import { type Change, type Clash, type Content, joined, type Request, seen } from './change'
import { typed } from './fill'

const HEADS = ['urgency', 'mode', 'patient_present', 'accompanying_id'] as const
const isHead = (field: string): boolean => (HEADS as readonly string[]).includes(field)

/** Where values came from is no text of anybody's. */
export function fieldsOf(row: Request): Record<string, unknown> {
  const { filled: _, ...content } = row.content
  return { ...content, ...Object.fromEntries(HEADS.map((head) => [head, row[head]])) }
}

export const asChange = (field: string, value: unknown): Change =>
  isHead(field) ? { [field]: value } : { content: { [field]: value } }

/** What can be taken over at once, and what collides with a newer text of the server. */
export function restored(row: Request, offer: Offer): { change: Change; waiting: Clash[] } {
  let change: Change = {}
  const waiting: Clash[] = []
  const server = fieldsOf(row)
  for (const [field, mine] of Object.entries(offer.left)) {
    if (offer.changed.includes(field))
      waiting.push({
        field,
        theirs: server[field],
        waiting: { mine, before: offer.before[field] },
      })
    else if (isHead(field)) change = joined(change, { [field]: mine })
    else {
      const name = field as keyof Content
      change = joined(change, typed(seen(row, change), name, mine as Content[typeof name]))
    }
  }
  return { change, waiting }
}
