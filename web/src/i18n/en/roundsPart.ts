/** What the pages of ward rounds load with themselves; what they say of failures stands beside what administrators are told. */
import type { Filled } from '../shape'
import type { roundsPart as zh } from '../zh-CN/roundsPart'
import { rounds } from './rounds'
import { rounds_answer } from './roundsAnswer'
import { rounds_board } from './roundsBoard'
import { rounds_charting } from './roundsCharting'
import { rounds_notes } from './roundsNotes'
import { series } from './series'
import { timing } from './timing'

export const roundsPart = {
  rounds,
  rounds_answer,
  rounds_board,
  rounds_charting,
  rounds_notes,
  series,
  timing,
  admin_problem: {
    nothing_owed: 'No countersignature of theirs is late any more; the page is up to date.',
    reminded: 'They were reminded within the hour; if nothing happens, telephone.',
    charted_ahead: 'It is of a time that has not come yet; correct the time and save.',
    charted_by_system:
      'The hospital system has a value of “{{name}}” of this moment, which stays; leave it out or change the time.',
    no_such_trainee: 'This hub has no such trainee; choose one from the list.',
    takes_part: 'They take part in this round already.',
    students_follow:
      'Students follow on the run-sheet, at beds whose patients have agreed to teaching, and do not enter the room.',
    note_incomplete: 'Write condition and assessment first.',
    no_note: 'Nobody has written the note of this bed yet.',
    not_visited:
      'Notes are written of beds that were visited; one that was submitted waits for the lead.',
    note_signed: 'This note is countersigned and never changes.',
    waits_for_senior: 'The lead has signed it; it waits for the senior doctor of the branch.',
    hub_first:
      'Wait until {{signer}} has countersigned it; if they cannot, ask the coordinator of the hub to name who countersigns.',
    note_unsigned: 'A note is printed once it is countersigned.',
    note_damaged:
      'The stored text of this note is damaged: do not use it, and tell your administrator.',
    nobody_to_print: 'You see nobody on its list, so there is nothing to print.',
    guidance_as_given:
      'Remote guidance is signed as the lead gave it. If you disagree, talk to the lead.',
    round_wrong_state:
      'The round has moved on and this cannot be done now; the page is up to date, go on from there.',
    round_capacity: 'This is done by {{whom}}: ask them.',
    round_say_why: 'Say what the emergency is.',
    badge_at_device:
      'Badges are read at registered devices of the hospital only; the bed doctor signs in and reads back.',
    item_needed: 'Choose a bed first.',
    act_taken: 'The number of this act was used for another; reload the page and do it again.',
    text_needed: 'Write something.',
    not_live: 'The round is not going on; wait until the lead begins or goes on.',
    round_over:
      'This round is over or was cancelled and takes nothing more: write it in the patient’s record, or leave it for the next round.',
    paused: 'The round is paused; go on first.',
    lead_needed: 'Choose who takes over.',
    not_at_bed: 'The round is not at this bed; go there first.',
    unknown_band: 'No patient has a wristband with this number; read the wristband again.',
    not_identified:
      'Make sure first who lies in this bed: by the wristband, or said aloud and ticked by two.',
    only_ask: 'You follow this round and may ask; its doctors write.',
    due_too_far: 'An instruction is due within a year: check the year.',
    kind_and_due: 'Say what kind of instruction it is, and by when.',
    no_such_owner: 'Choose a doctor of the ward’s hospital.',
    instruction_needed: 'Choose an instruction.',
    how_needed: 'Say how you made sure who it is.',
    in_the_future: 'The time of the order cannot be later than now.',
    doctor_records: 'This kind is ordered and recorded by a doctor of this hospital.',
    order_needed: 'Give the order’s number, or when and by whom it was written.',
    say_how: 'Say how it was carried out.',
    on_list: 'This patient is on the list already.',
    list_full: 'The list has 40 patients and is full; take one off or leave it for the next round.',
    list_locked: 'The list is locked: put this patient forward, and the lead decides.',
    no_list: 'The list is not open yet, or the round is over: it cannot be changed now.',
    order_incomplete:
      'Somebody was added or taken off meanwhile, so the order was not saved; order the list anew.',
    emergency_by_words:
      'An emergency is not recorded here: confirm the patient as an emergency and say what it is.',
    no_consent:
      'There is no consent to consultations in this stay. Have it signed first; in an emergency say what it is.',
    discharged: 'This patient has left the hospital: take them off the list.',
    moved_away: 'This patient lies in another ward: take them off the list.',
    gone: 'This patient has left the ward: the round does not go there and nothing is instructed. Skip the bed with a reason.',
    nobody_confirmed:
      'Nobody is confirmed on the list, so it cannot become a written round; confirm somebody, or call it off.',
    no_such_ward: 'This ward cannot be found any more; choose again.',
    no_such_expert: 'This expert cannot be found any more; choose again.',
    no_such_doctor:
      'They are not among the doctors of this round any more; the page is up to date.',
    no_such_cart: 'This cart cannot be found any more; choose again.',
    no_proposal: 'The lead’s proposal was taken back or is settled; the page is up to date.',
    same_time: 'It is at that time already: choose another.',
    lead_twice: 'Name each lead once.',
    round_lead_taken:
      'This doctor has something else at that time: choose another lead, or have their calendar changed first.',
    other_ward:
      'A series stays with its branch and ward: end it, and plan another for the new ward.',
  },
} satisfies Filled<typeof zh>
