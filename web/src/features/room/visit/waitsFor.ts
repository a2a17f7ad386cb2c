/** Why one is not in yet, where the room's server says so: it can keep nothing just now, and lets nobody in. */
import type { CallState } from '../../../call'

export function waitsFor({ problem }: Pick<CallState, 'problem'>) {
  if (problem?.act !== 'join') return null
  if (problem.code === 'no_space') return 'room.entering_no_space'
  return problem.code === 'busy' ? 'room.entering_busy' : null
}
