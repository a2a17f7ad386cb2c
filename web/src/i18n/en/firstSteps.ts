import type { Filled } from '../shape'
import type { first_steps as zh } from '../zh-CN/firstSteps'

export const first_steps = {
  title: 'First steps',
  note: 'Gone once all of it is there',
  done_of: '{{done}} of {{all}}',
  done: 'Done',
  open: 'Not done',
  and: ', ',
  import: 'Import',
  lacks: 'Nobody is yet: {{roles}}',
  name: {
    departments: 'Departments',
    people: 'People and roles',
    venues: 'Consultation rooms',
    agreement: 'Agreement',
    roster: 'Roster',
    system: 'Hospital system',
    images: 'Images',
    mail: 'Mail',
    relay: 'Relay for sound and picture',
    consultation: 'A first consultation',
  },
  how: {
    departments: 'People and rosters name them: import them first, or enter one after the other',
    people: 'Import them, or enter one after the other',
    venues: 'Enter at least one, for bookings',
    agreement: 'Without one in force nothing can be requested; the hub enters it',
    roster: 'An emergency first rings at who is on duty; without a roster at all experts',
    system: 'Fills in patients by their number; until then they are typed',
    images: 'Name the devices that may send images, or let a doctor upload a study',
    mail: 'No mail has gone out yet; “Channels of notices” says how the mail server does',
    relay:
      'Between hospitals a relay is often needed: your IT department sets TELEMED_TURN_URLS and TELEMED_TURN_SECRET in telemed.env on the server and restarts it; done once a device test in a consultation room or at a device reaches it',
    consultation: 'Let a doctor request one, and enter its room from both sides',
  },
} satisfies Filled<typeof zh>
