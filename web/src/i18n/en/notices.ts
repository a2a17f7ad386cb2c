import type { Filled } from '../shape'
import type { notices as zh } from '../zh-CN/notices'

export const notices = {
  title: 'Notices',
  bell_zero: 'Notices',
  bell_one: 'Notices, {{count}} new',
  bell_other: 'Notices, {{count}} new',
  none: 'No notices',
  none_hint: 'What is due, late or begins soon appears here.',
  ended: 'dealt with',
  said: {
    before: '{{what}} is due at {{at}}',
    due: '{{what}} is due ({{at}})',
    after: '{{what}} is late, please see to it (due {{at}})',
  },
  meets: {
    before: 'A consultation begins at {{at}}',
    due: 'A consultation begins now ({{at}})',
    after: 'A consultation has not begun, please see to it ({{at}})',
  },
  unready: 'Less than 30 minutes before a consultation, its readiness has open items',
  of: {
    approval: 'Approval',
    completion: 'Completing the request',
    acceptance: 'Acceptance',
    arrangement: 'Arranging the consultation',
    resumption: 'An interrupted consultation',
    opinion: 'The opinion',
    feedback: 'Answering the opinion',
    execution: 'Carrying out the advice',
  },
} satisfies Filled<typeof zh>
