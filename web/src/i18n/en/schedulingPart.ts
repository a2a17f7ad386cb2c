/** What the calendar and booking load with themselves; what they say of failures stands beside what administrators are
 *  told. */
import { recurring } from './recurring'
import { scheduling } from './scheduling'
import { series } from './series'
import { timing } from './timing'

export const schedulingPart = {
  recurring,
  scheduling,
  series,
  timing,
  admin_problem: {
    begun: 'It has begun and cannot be given up.',
    nothing_left: 'Nothing of that time is left to add.',
    no_agreement_then:
      'On that day there is no agreement with one of the hospitals. Choose a day that it covers.',
    none_of_yours: 'Choose at least one person or place of your own hospital.',
    person_left: 'Somebody chosen has left their hospital; choose who comes instead.',
  },
}
