/** Notes of ward rounds: written at the ward, countersigned at the hub. */
import type { rounds_notes as Chinese } from '../zh-CN/roundsNotes'

export const rounds_notes: typeof Chinese = {
  title: 'Round notes',
  note: 'Written by the bed doctor and countersigned by the lead. A lead without a registration at the branch gives remote guidance, which a senior doctor of the branch signs too.',
  show: { mine: 'Waiting for me', signed: 'Signed in two weeks' },
  empty: { mine: 'No round note waits for you', signed: 'No round note was signed in two weeks' },
  hint: {
    mine: 'After a round the beds that were visited come to the bed doctor here; once submitted, to the lead.',
    signed: 'A note that is signed does not change any more.',
  },
  bed: 'Bed {{bed}}',
  print: 'Print the note',
  waits: {
    write: 'To be written',
    countersign: 'To be countersigned',
    senior: 'For the senior doctor',
    signed: 'Signed',
  },
  due: 'by {{at}}',
  was_due: 'was due at {{at}}',
  part: { condition: 'Condition', assessment: 'Assessment', plan: 'Plan' },
  instructions: 'Instructions',
  not_order:
    'An instruction is no order: a doctor of your hospital writes the order before it is carried out.',
  record: {
    order: 'Record the order',
    order_of: 'Record the order of instruction {{n}}',
    done: 'Record how',
    done_of: 'Record how instruction {{n}} was carried out',
    decline: 'Decline',
    decline_of: 'Decline instruction {{n}}',
    confirm: 'Record',
    needed: 'Write the number of the order or who wrote it; the time is now.',
    say_how: 'Say how it was carried out.',
    order_number: 'Order number',
    ordered_by: 'Ordered by',
    words: 'How it was carried out',
    why: 'Why it is not carried out',
    why_needed: 'Give a reason.',
    recorded: 'Recorded.',
    declined: 'Recorded as declined.',
  },
  no_instructions: 'No instruction was given at this bed.',
  instruction: {
    to_read_back: 'not read back',
    to_execute: 'to be carried out',
    executed: 'carried out',
    declined: 'declined',
    lapsed: 'patient has left',
    replaced: 'taken over into the round of {{at}}',
  },
  rank: {
    resident: 'Round of a resident',
    attending: 'Round of an attending physician',
    associate_chief: 'Round of an associate chief physician',
    chief: 'Round of a chief physician',
  },
  guidance: 'Remote guidance (no senior round)',
  unseen: 'The ward’s own record (consent withdrawn, not signed by the lead)',
  unseen_why:
    'The patient has withdrawn the consent, so the lead can no longer see them. Check and correct the note, then sign it as your hospital’s own record.',
  guidance_why:
    'The lead was not registered at your hospital on that day, so this is remote guidance. Sign it as it is; if you disagree, talk to the lead.',
  gone: {
    discharged:
      'This patient was discharged: write or sign it as it was at the round. Open instructions lapse.',
    moved:
      'This patient lies in another ward now: write or sign it as it was at the round, and hand open instructions over to that ward.',
  },
  begun:
    'Taken from what was prepared, said and instructed at the bed. Check it and add what is missing.',
  at_bed: 'The round is still at this bed; it can be submitted once it has gone on.',
  submit: 'Submit',
  submitted: 'Submitted; the lead countersigns it.',
  countersign: 'Countersign',
  senior_signed: 'Signed; it is kept as the ward’s own record.',
  signed: 'Signed.',
  return: 'Give back',
  return_words: 'What the bed doctor should add or change',
  return_needed: 'Say why it is given back.',
  given_back: 'Given back to who wrote it.',
  returned: 'Given back by the lead: {{words}}',
  from_said: 'Other than what was said at the bed',
  from_submitted: 'What you changed',
  nobody_wrote: 'Nobody has written the note of this bed yet.',
  by: {
    author: 'Written by {{who}}',
    hub: 'countersigned by {{who}} {{at}}',
    senior: 'senior doctor of the branch {{who}}',
  },
}
