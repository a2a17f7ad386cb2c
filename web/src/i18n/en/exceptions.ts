import type { Filled } from '../shape'
import type { exceptions as zh } from '../zh-CN/exceptions'

export const exceptions = {
  title: 'Exceptions today',
  note: 'Consultations that are late, not ready, not begun on time or interrupted',
  count_one: 'one',
  count_other: '{{count}}',
  what: {
    approval: 'Approval late',
    completion: 'Completion late',
    acceptance: 'Acceptance late',
    arrangement: 'Arranging late',
    meeting: 'Not begun',
    resumption: 'Interrupted',
    readiness: 'Soon, not ready',
    opinion: 'Opinion late',
    feedback: 'Answer late',
    execution: 'Execution late',
  },
  escalated_one: 'escalated once',
  escalated_other: 'escalated {{count}} times',
  waits: 'Waits for {{who}}',
  more_one: 'and one more',
  more_other: 'and {{count}} more',
  soon: 'within 30 minutes',
  both: 'Waits for those who meet',
  nobody: 'Nobody is asked: please see to it',
  nudge: 'Remind',
  nudge_whom: 'Remind: {{who}}',
  nudged: 'Reminded, and recorded.',
  nudged_at: 'reminded at {{at}}',
} satisfies Filled<typeof zh>
