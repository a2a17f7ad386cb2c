/** What became of the images since a report was written. */

import type { Filled } from '../shape'
import type { reading_flagged as zh } from '../zh-CN/readingFlagged'

export const reading_flagged = {
  came_writing_one: '1 image came after writing began. Please look at it before you submit.',
  came_writing_other:
    '{{count}} images came after writing began. Please look at them before you submit.',
  came_review_one: '1 image came after it was submitted. Please look at it before you issue.',
  came_review_other:
    '{{count}} images came after it was submitted. Please look at them before you issue.',
  came_issued_one:
    '1 image came after the report was issued, which does not take it into account. The radiologist should look at it and add to the report.',
  came_issued_other:
    '{{count}} images came after the report was issued, which does not take them into account. The radiologist should look at them and add to the report.',
  images_gone: 'The study was checked and is not this patient’s any more, so it is not shown.',
  consent_withdrawn: 'the consent was withdrawn',
  flagged: {
    recalled:
      'Recalled: the images are not this patient’s any more. Do not treat by this report or its addenda.',
    reinstated:
      'Its images were recalled, and are this patient’s after all: the report holds again.',
    grown: 'A page that says so is printed before the report.',
  },
} satisfies Filled<typeof zh>
