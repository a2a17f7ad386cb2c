/** Ladders by which people are told of what is not due at all. */
export const TOLD = [
  'relieved',
  'substituted',
  'leads',
  'elsewhere',
  'invited',
  'called_in',
  'uninvited',
  'booked',
  'lapsed',
  'lapsed_centre',
  'unaccompanied',
  'declined',
  'cancelled',
  'cancelled_centre',
  'no_show',
  'no_show_centre',
  'expired',
  'discarded',
  'report_issued',
  'reading_together',
  'reading_withdrawn',
  'critical_raised',
  'critical_withdrawn',
] as const
export type Told = (typeof TOLD)[number]
export const isTold = (ladder: string): ladder is Told => TOLD.some((one) => one === ladder)
