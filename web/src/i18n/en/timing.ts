import type { Filled } from '../shape'
import type { timing as zh } from '../zh-CN/timing'

export const timing = {
  new_time: 'New time',
  minutes: 'Length (minutes)',
  time_needed: 'Choose the new time.',
  taken: 'This takes the time:',
  clash: '{{name}} {{time}}: {{what}}',
  clash_by: '{{clash}} · booked by {{by}}',
  limits: {
    title: 'This time should not be booked; say why if it is all the same:',
    why: 'Reason',
    why_hint: 'Kept with the booking and in the audit log.',
    why_needed: 'Give a reason, or choose another time.',
    of: {
      hours: '{{name}}: {{time}} is outside their hours',
      buffer: '{{name}}: less than {{minutes}} min from the booking of {{time}}',
      tele: '{{name}}: {{time}} is kept for telemedicine',
      places: '{{name}}: {{places}} places for {{people}} people',
    },
  },
} satisfies Filled<typeof zh>
