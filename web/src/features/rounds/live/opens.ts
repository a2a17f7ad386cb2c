/** When the room of a round is open. */
import { serverNow } from '../../../api/clock'
import { isAhead, isRunning, type Round } from './queries'

/** Before it is booked, as on the server. */
const OPENS_MS = 30 * 60_000

export const opensAt = (round: Pick<Round, 'starts_at'>): number =>
  Date.parse(round.starts_at) - OPENS_MS

/** To students it never is: what is said and written there is of all beds. */
export const isOpen = (round: Round): boolean => !round.learns && opened(round)

const opened = (round: Round): boolean =>
  isRunning(round) ||
  round.room_open ||
  (isAhead(round) && round.state !== 'planned' && serverNow() >= opensAt(round))
