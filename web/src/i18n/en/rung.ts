import type { Filled } from '../shape'
import type { rung as zh } from '../zh-CN/rung'

export const rung = {
  title: 'Calling an expert',
  waited: 'calling',
  rings_one: 'Ringing for one person.',
  rings_other: 'Ringing for {{count}} people.',
  rings_some_one: 'Ringing for one person, online: {{online}}.',
  rings_some_other: 'Ringing for {{count}} people, of whom online: {{online}}.',
  nobody: 'There is no expert to call: please telephone at once.',
  unreachable:
    'No expert is online: nobody who is called has the product open, so nobody hears the bell. Please telephone at once.',
  gap: 'The roster names nobody for now: all experts of the specialty are called at once.',
  next: 'If nobody answers, in {{time}}: {{who}}.',
  again: 'If nobody answers, in {{time}} again: {{who}}.',
  next_away: '(not online now)',
  centre: 'the consultation centre',
  phone: 'Telephone {{who}}',
  times_one: 'called once',
  times_other: 'called {{count}} times',
  on: { computer: 'computer', phone: 'phone' },
  told: 'Told: {{told}} · not reached: {{missed}}. ',
  mail: { queued: 'mail waiting', sent: 'mail sent', failed: 'mail failed', withdrawn: '' },
  lead: {
    title: 'Waiting for the lead expert',
    waited: 'since they were named',
    unreachable:
      'The lead expert is not online and does not hear the bell. Please telephone at once.',
    next: 'If they have not come, in {{time}} told: {{who}}.',
    again: 'If they have not come, in {{time}} told again: {{who}}.',
    passed: 'cannot come',
  },
  state: {
    undelivered: 'not reached',
    rings: 'rings, not seen yet',
    seen: 'seen on a {{device}}',
    passed: 'passed it on',
    missed: 'did not answer',
    away: 'not online',
  },
} satisfies Filled<typeof zh>
