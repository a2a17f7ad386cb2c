import type { Filled } from '../shape'
import type { reading_past as zh } from '../zh-CN/readingPast'

/** What has happened to a reading. */
export const reading_past = {
  title: 'History',
  system: 'System',
  from: 'from {{who}}',
  latest: 'Vitals and tests (hospital system)',
  of: {
    requested: 'Requested',
    clock_started: 'Everything is there: time runs',
    branch_report_added: 'Branch report added',
    assigned: 'Assigned',
    claimed: 'Claimed',
    taken_over: 'Taken over',
    released: 'Claim given up',
    returned: 'Returned to the branch',
    resent: 'Sent again',
    withdrawn: 'Withdrawn',
    submitted: 'Sent for review',
    taken_back: 'Taken back to edit',
    revision_asked: 'Given back to the author',
    issued: 'Reviewed and issued',
    issued_alone: 'Provisional report issued',
    addended: 'Added to or corrected',
    discrepancy_recorded: 'Discrepancy recorded',
    grade_corrected: 'Grade corrected',
    recalled: "Images not this patient's any more",
    reinstated: "Images confirmed as this patient's",
    outgrown: 'Images came after issue',
  },
} satisfies Filled<typeof zh>
