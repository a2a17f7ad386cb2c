import type { Filled } from '../shape'
import type { my_reading as zh } from '../zh-CN/myReading'

/** A reader's own figures at home. */
export const my_reading = {
  title: 'My readings',
  note: 'Last 30 days, from complete request to issue',
  to_write: 'to write',
  in_review: 'in review',
  issued: 'issued',
  too_few: 'Fewer than five reports can be measured, so no times are given yet.',
  took: 'Half were issued within {{median}}, 90% within {{ninetieth}}.',
  in_time: 'In time {{share}}% ({{in_time}}/{{reports}})',
  desk: 'Of {{claims}} claims of the whole desk {{taken_over}} took over what a colleague had and {{out_of_order}} passed over something more urgent; the reason is in the history of each.',
} satisfies Filled<typeof zh>
