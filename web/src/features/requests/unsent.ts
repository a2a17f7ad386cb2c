/** A request as the fields of which unsent text is kept, and such text as a change of the form. */
import type { Offer } from '../../kit/unsent/useUnsent'
import { type Change, type Clash, type Content, joined, type Request, seen } from './change'
import { typed } from './fill'

const HEADS = ['urgency', 'mode', 'patient_present', 'accompanying_id', 'patient_id'] as const
const isHead = (field: string): boolean => (HEADS as readonly string[]).includes(field)

/** Where values came from is no text of anybody's. */
export function fieldsOf(row: Request): Record<string, unknown> {
  const { filled: _, ...content } = row.content
  const { urgency, mode, patient_present, accompanying_id, patient } = row
  const heads = { urgency, mode, patient_present, accompanying_id, patient_id: patient?.id ?? null }
  return { ...content, ...heads }
}

export const asChange = (field: string, value: unknown): Change =>
  isHead(field) ? { [field]: value } : { content: { [field]: value } }

/** The same, as a hand writes it. */
export function written(row: Request, field: string, value: unknown): Change {
  const name = field as keyof Content
  return isHead(field) ? { [field]: value } : typed(row, name, value as Content[typeof name])
}

/** What can be taken over at once, and what collides with a newer text of the server. */
export function restored(row: Request, offer: Offer): { change: Change; waiting: Clash[] } {
  let change: Change = {}
  const waiting: Clash[] = []
  const server = fieldsOf(row)
  // Text about one patient is not put under the name of another unasked.
  const another = offer.changed.includes('patient_id')
  for (const [field, mine] of Object.entries(offer.left)) {
    if (another && field === 'patient_id') continue
    if (another || offer.changed.includes(field))
      waiting.push({
        field,
        theirs: server[field],
        waiting: { mine, before: offer.before[field] },
      })
    else change = joined(change, written(seen(row, change), field, mine))
  }
  return { change, waiting }
}
