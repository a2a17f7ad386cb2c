import type { Filled } from '../shape'
import type { readings_of as zh } from '../zh-CN/readingsOf'

/** Of the readings that come from a consultation, on its page. */
export const readings_of = {
  title: 'Reports on images',
  ask: 'Ask radiology to read',
  report: 'Report',
  open: 'Open',
  waits: 'waits for images',
  due: 'due {{at}}',
  state: {
    requested: 'Requested',
    assigned: 'With a reader',
    claimed: 'Being written',
    written: 'Waits for review',
    reviewed: 'Reviewed',
    provisional: 'Provisional report, to be reviewed',
    issued: 'Issued',
    addended: 'Issued, with an addendum',
    returned: 'Sent back to who requested it',
    withdrawn: 'Withdrawn by the branch',
  },
} satisfies Filled<typeof zh>
