/** As what people take part in a consultation that is booked: of an MDT as its chair and with a section each. */
import type { Consultation } from '../../consultation/view'
import type { Part } from './calendar'

/** The part of whom leads it. */
export const leadPart = ({ mdt }: { mdt: boolean }) => (mdt ? 'chair' : 'lead')

/** The part of an expert beside them. */
export const expertPart = ({ mdt }: { mdt: boolean }) => (mdt ? 'section' : 'expert')

/** Everybody whose row is shown, those first without whom it cannot be; `lead`: who is chosen until one is named. */
export function partsOf(c: Consultation, lead: string | null): Map<string, Part> {
  const parts = new Map<string, Part>()
  if (lead) parts.set(lead, leadPart(c))
  if (c.accompanying) parts.set(c.accompanying.id, 'accompanying')
  for (const { person, role, required } of c.participants)
    if (role === 'expert' && !parts.has(person.id))
      parts.set(person.id, required ? expertPart(c) : `${expertPart(c)}_optional`)
  return parts
}

/** Whose time must be free. */
export const needed = (parts: ReadonlyMap<string, Part>): string[] =>
  [...parts].filter(([, part]) => !part.endsWith('_optional')).map(([id]) => id)

/** Who is asked, and need not be free. */
export const optional = (c: Consultation | undefined): ReadonlySet<string> =>
  new Set(
    c?.participants
      .filter(({ role, required }) => role === 'expert' && !required)
      .map(({ person }) => person.id),
  )
