/** What the calendar and booking load with themselves; what they say of failures stands beside what administrators are
 *  told. */
import { scheduling } from './scheduling'
import { series } from './series'
import { timing } from './timing'

export const schedulingPart = {
  scheduling,
  series,
  timing,
  admin_problem: {
    begun: 'It has begun and cannot be given up.',
    nothing_left: 'Nothing of that time is left to add.',
  },
}
