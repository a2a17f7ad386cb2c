/** What the reading desk loads with itself; what it says of failures stands beside what administrators are told. */
import { reading } from './reading'

export const desk = {
  reading,
  admin_problem: {
    claimed: 'A colleague has it. To take it over, say why.',
    already_requested: 'This study is being read there already.',
    study_not_confirmed: 'First confirm whose study it is, under “Images to check”.',
    no_reading_agreement:
      'No agreement with that hospital covers reading today; please ask your medical office.',
    nothing_to_read: 'Nothing waits that nobody has claimed and whose images are all here.',
  },
}
