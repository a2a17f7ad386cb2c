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
    people: 'Departments first, then import people, or enter one after the other',
    venues: 'Enter at least one, for bookings',
    agreement: 'Without one in force nothing can be requested; the hub enters it',
    roster: 'An emergency first rings at who is on duty; without a roster at all experts',
    system: 'Fills in patients by their number; until then they are typed',
    images: 'Name the devices that may send images, or let a doctor upload a study',
    mail: 'No mail has gone out yet; “Channels of notices” says how the mail server does',
    relay:
      'Between hospitals a relay is often needed: your IT department sets up a TURN server, then run a device test',
    consultation: 'Let a doctor request one, and enter its room from both sides',
  },
} satisfies Filled<typeof zh>
