import type { Filled } from '../shape'
import type { rung as zh } from '../zh-CN/rung'

export const rung = {
  title: 'Calling an expert',
  rings_one: 'Ringing for one person. ',
  rings_other: 'Ringing for {{count}} people. ',
  nobody: 'There is nobody to ring just now: please telephone.',
  next: 'If nobody answers, in {{time}}: {{who}}.',
  centre: 'the consultation centre',
  phone: 'You may also telephone {{who}}:',
  on: { computer: 'computer', phone: 'phone' },
  told: 'Told: {{told}} · not reached: {{missed}}. ',
  mail: { queued: 'mail waits', sent: 'mail sent', failed: 'mail failed', withdrawn: '' },
  state: {
    undelivered: 'not reached',
    rings: 'rings, not seen yet',
    seen: 'seen on a {{device}}',
    passed: 'passed it on',
    missed: 'did not answer',
  },
} satisfies Filled<typeof zh>
