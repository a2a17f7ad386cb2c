/** A quality officer's home page. */
import type { Filled } from '../shape'
import type { quality as zh } from '../zh-CN/quality'

export const quality = {
  title: 'Quality',
  month: 'Consultations submitted in the last 30 days',
  month_note: 'as they stand now',
  group: {
    open: 'Open',
    answering: 'To be signed',
    followed: 'Answered and carried out',
    done: 'Done',
    called_off: 'Not held',
  },
  concerns: 'To look at',
  hidden: '{{n}} of them are not yours to open; the branch’s quality officer can look at them',
  none: 'None is interrupted, late, recalled or amended.',
  all: 'Show the list',
  concern: {
    recalled: 'Signed on an image that was taken back',
    interrupted: 'Interrupted',
    late: 'Late',
    opinion_late: 'Opinion not signed in time',
    advice_late: 'Advice not carried out in time',
    amended: 'Amended after signing, in the last 30 days',
  },
} satisfies Filled<typeof zh>
