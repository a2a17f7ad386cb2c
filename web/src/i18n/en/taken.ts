import type { Filled } from '../shape'
import type { taken as zh } from '../zh-CN/taken'

export const taken = {
  untitled: 'Busy',
  kind: {
    consultation: 'Consultation',
    clinic: 'Clinic',
    teleclinic: 'Teleclinic',
    round: 'Ward round',
    surgery: 'Surgery',
    reading: 'Reading',
    teaching: 'Teaching',
    meeting: 'Meeting',
    duty: 'On duty',
    maintenance: 'Maintenance',
    leave: 'Leave',
    other: 'Other',
  },
} satisfies Filled<typeof zh>
