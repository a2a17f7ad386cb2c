/** This person's part in the consultation. */
import { useSession } from '../../../api/session'
import { type Consultation, seatsTaken } from '../../../consultation/view'

export function useMine(c: Consultation): {
  lead: boolean
  accompanying: boolean
  /** On the booking, so enters without knocking. */
  booked: boolean
  /** Without sound and picture, as long as the two who have the media seats are there. */
  seatless: boolean
} {
  const { actor } = useSession()
  const lead = c.lead?.id === actor.id
  const accompanying = c.accompanying?.id === actor.id
  const invited = c.participants.some(
    ({ person, role }) => person.id === actor.id && role !== 'guest',
  )
  return {
    lead,
    accompanying,
    booked: lead || accompanying || invited,
    seatless: !lead && !accompanying && seatsTaken(c),
  }
}
