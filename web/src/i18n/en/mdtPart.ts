/** What the parts of an MDT load with themselves; what they say of failures stands beside what administrators are told. */

import type { Filled } from '../shape'
import type { mdtPart as zh } from '../zh-CN/mdtPart'
import { mdt } from './mdt'

export const mdtPart = {
  mdt,
  admin_problem: {
    one_specialty:
      'An MDT needs experts of at least two specialties. Add an expert of another specialty first.',
    recorder_of_hub: 'The recorder must be one of the hub’s staff. Choose somebody else.',
    recorder_signs:
      'The chair and the experts sign, so none of them records. Choose somebody else.',
    sections_signed: 'An expert has signed a section, so it stays an MDT.',
    no_mdt: 'This is not an MDT, and has no sections.',
    not_your_section: 'A section is written by its expert, the chair or the recorder.',
    section_signed:
      'This section is signed and does not change; its expert can correct it by a further one.',
    section_open: 'This section is not signed yet; just change it.',
    section_too_early: 'A section is signed once the meeting has begun; what is written is kept.',
    section_empty: 'Write the section first.',
    not_chair: 'Only the chair says that an expert does not sign.',
    sections_wait:
      '{{names}} has neither signed a section nor dissented. Wait, or say why they do not sign.',
  },
} satisfies Filled<typeof zh>
