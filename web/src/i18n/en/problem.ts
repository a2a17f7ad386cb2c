/** The sentence for each failure, by the code that the server gives. */
import type { Filled } from '../shape'
import type { problem as zh } from '../zh-CN/problem'

export const problem = {
  own_password: 'Change your own password on your own account page.',
  disabled: 'This person is disabled and cannot sign in.',
  role_taken:
    'The role in which you were to take part has been taken from you; ask your administrator or the coordination centre.',
  decided: 'A colleague has decided this already.',
  mark_of_another: 'Only its author changes or deletes a mark.',
  too_many_marks: 'You have too many marks on this study; delete some first.',
  not_to_annotate: 'You may look at these images, and not save marks on them.',
  critical_raised: 'A critical finding was raised of it, so it is read to its end.',
  no_such_image: 'The study has no such image ({{image}}, frame {{frame}}).',
  missing: 'Fill in the fields that are marked.',
  number_taken: 'A patient of your hospital already has this number.',
  unknown_number:
    'The hospital system does not know this number. Check it, or type the patient by hand.',
  only_to_look_at: 'You may look at these images, and not download them.',
  break_glass_only_reads:
    'What break-glass opens is only read: nothing is changed, entered, printed, exported or downloaded.',
  unaudited: 'Who reads this could not be recorded, so it is not shown. Please try again shortly.',
  no_centre: 'No consultation centre has an agreement with this hospital.',
  not_called: 'This device does not call any more: somebody has answered.',
  no_room_here: 'Nothing is booked here now.',
  no_device: 'This screen is not registered.',
  device_revoked:
    'This device is not trusted any more. To use it again, an administrator registers it anew.',
  no_his: 'No hospital system is connected; type the patient by hand.',
  source_away:
    '{{system}} cannot be reached. Type the patient by hand for now, and read again later.',
  source_slow:
    '{{system}} did not answer within 3 seconds. Type the patient by hand for now, and read again later.',
  source_refused:
    '{{system}} refused our account. Type the patient by hand, and tell your administrator.',
  source_not_allowed:
    '{{system}} is at an address that may not be called. Type the patient by hand, and tell your administrator.',
  source_driver:
    'The driver for {{system}} is not installed here. Type the patient by hand, and tell your administrator.',
  source_wrong:
    '{{system}} answered otherwise than agreed, and nothing was taken. Type the patient by hand, and tell your administrator.',
  source_encoding:
    '{{system}} sent text in an unknown encoding, and nothing was taken. Type the patient by hand, and tell your administrator.',
  source_too_long:
    '{{system}} sent too much, and nothing was taken. Type the patient by hand, and tell your administrator.',
  source_other_patient:
    '{{system}} answered with another patient, and nothing was taken. Check the number, or type the patient by hand.',
  source_two_patients:
    '{{system}} knows several patients of this number, and nothing was taken. Check the number, or type the patient by hand.',
  source_sealed:
    'The password of {{system}} cannot be read. Type the patient by hand, and ask your administrator to enter it again.',
  patient_first: 'Name the patient first.',
  patient_has_papers:
    'Papers of this patient are filed here, so the patient cannot be changed; begin another request.',
  study_not_confirmed: 'This study is not yet confirmed as this patient’s.',
  study_stays:
    'This study may be this patient’s, or is no longer in the request; it cannot be taken out.',
  mixed_patients: 'This study holds images of two patients, so it can be nobody’s.',
  count_changed: 'The number of images has just changed; check it and confirm again.',
  end_before_start: 'The end must be after the start.',
  bad_rule: 'Choose weekdays, and every how many weeks or months.',
  bad_time: 'Write the time like 08:30.',
  rule_unreadable:
    'This series cannot be read. First check weekdays, time and people, write them anew, and save.',
  no_occurrence: 'None comes of it, or it has none on that day. Check the day and the weekdays.',
  in_the_past: 'This time has passed.',
  past: 'This time has passed.',
  hold_expired: 'The hold has expired; choose a time again.',
  no_invitation: 'There is no invitation to answer any more.',
  invitation_past:
    'The booked time has passed. Propose another time; the consultation centre then books it.',
  not_an_expert: 'This takes an expert of the hub.',
  not_accompanying: 'The accompanying physician must be a doctor of the branch.',
  not_equal: 'A substitute has the same specialty and at least the title.',
  same_person: 'It is this person already; choose somebody else.',
  other_department: 'A department names its own experts only.',
  no_accompanying: 'This consultation has no accompanying physician.',
  not_agreed: 'Who stands in has not agreed to the time yet.',
  others_draft:
    'The former lead expert wrote this draft: first choose to go on with it or to begin anew.',
  own_draft: 'This draft is yours already.',
  lead_or_department: 'Name a lead expert or a department.',
  room_closed: 'The room is not open now.',
  not_endorsed: 'The senior doctor has not endorsed it yet.',
  never_without: 'It cannot begin without consent and a confirmed identity.',
  not_ready: 'Not everything needed is ready yet.',
  not_both_here: 'The lead expert and the accompanying physician must both be in the room.',
  consent_signed: 'This consent is signed; withdraw it and take a new one.',
  no_paper_due: 'No signed page of this consent is waited for.',
  archived: 'The consultation is archived and only read: nothing more is filed.',
  not_emergency: 'Only an emergency without consent is approved.',
  already_approved: 'It has been approved already.',
  withdrawn: 'This consent was withdrawn.',
  outdated: 'Another hospital is asked now, which this consent does not name; take a new one.',
  same_hub: 'It is at that hospital already; choose another.',
  nobody_there:
    'That hospital has no account of a coordinator or duty officer to take it on; choose another.',
  no_agreement: 'No agreement with that hospital covers this service today; choose another.',
  hub_submitted:
    'It was submitted to this hospital: ask its coordinator to redirect it, or cancel it and begin another.',
  reason_needed: 'Give a reason.',
  limits: 'That time is restricted: choose another.',
  time_needed: 'Say which time suits you.',
  file_needed: 'Choose a file.',
  other_hospital: 'Only the patient’s own hospital may do this.',
  offline: 'No network. Check the hospital network and try again.',
  not_signed_in: 'Your session has ended. Please sign in again.',
  not_allowed: 'Your role may not do this.',
  not_found: 'There is no such record, or you may not see it.',
  conflict:
    'A colleague, or you in another window, has just done this; the page now shows the newest state.',
  undecided:
    'Something was also changed by a colleague or in another window; please choose which text stays first.',
  stale:
    'A colleague, or you in another window, has just changed this record. The page now shows the newest state; please check it and try again.',
  invalid: 'Something is missing or not as it must be; please check what you entered.',
  too_large: 'The file or content is too large.',
  other_site: 'This request came from another website and was refused.',
  role: 'Your role may not do this.',
  too_many_attempts: 'Too many attempts. Please try again in 15 minutes.',
  too_many_from_here:
    'Too many failed sign-ins from this network. Please try again later; accounts that have signed in here before are not affected.',
  key_reused:
    'This submission number was used for something else. Reload the page and submit again.',
  no_address: 'Enter and save a mail address first.',
  nothing_planned: 'There is nothing to give up; the page is up to date.',
  too_many_tabs: 'Too many pages are open with this sign-in; please close some of them.',
  too_many: 'Too many attempts. Please wait a moment and try again.',
  too_long: 'A consultation takes eight hours at most; check the end.',
  too_many_studies: 'A request names at most 30 studies.',
  unavailable: 'The service is busy. Please try again shortly.',
  busy: 'The service is busy and this was not saved. Please try again shortly.',
  no_space:
    'The server’s disk is full and this was not saved. Tell the IT department, then try again; what is stored can still be read.',
  internal: 'The server failed. Try again shortly, or call the coordination centre.',
  print_damaged: 'The stored file is damaged; do not rely on it. Tell the administrator.',
  page_damaged:
    'The stored text of this page is damaged; do not rely on it. Tell the administrator.',
  already_stood: 'You have said so already.',
  not_on_booking: 'Only experts on the booking co-sign or dissent.',
  wrong_password: 'The password is wrong.',
  not_lead: 'Only the lead expert writes the opinion.',
  meeting_open: 'End the meeting first, then sign.',
  opinion_incomplete: 'The opinion still lacks something required.',
  signed: 'It is signed; amend it to change it.',
  amendment_open: 'An amendment is already being written.',
  basis_withdrawn:
    'Images of packet version {{version}}, on which the opinion rests, have been withdrawn ({{studies}}): it cannot be signed on them. Rest on version {{newest}}, review the opinion, then sign.',
  basis_unconfirmed:
    'Images of packet version {{version}}, on which the opinion rests, are not confirmed as this patient’s ({{studies}}): it cannot be signed on them. The inviting hospital’s imaging department must confirm them first.',
  image_of_newer_packet:
    'A key image is of a study that is not in packet version {{version}}, on which the opinion rests. Rest on the newest version first, then sign.',
  packet_changed:
    'The packet has just changed again. Look at its newest version, then rest on that.',
  record_changed:
    'Something the record shows (patient, participants, packet …) has just changed; nothing was signed. Check it, then sign or print again.',
  not_asked: 'You are not being reminded to co-sign.',
  not_recalled: 'Somebody has taken note already, or the opinion is reassessed after all.',
  paper_outdated: 'The text changed after it was printed; print and sign it again.',
  other_study: 'A key image is of a study that is not of this consultation’s or reading’s patient.',
  unprintable: '“{{character}}” cannot be printed; write it another way.',
  branch_doctor: 'A doctor of the treating hospital must write and record the order.',
  not_open: 'No order is awaited for this advice.',
  advice_changed:
    'This advice was answered or amended just now; the page is up to date, check it first.',
  advice_unanswered: 'Answer every advice first.',
  advice_open: 'Some advice is still open; it cannot be closed yet.',
  heic: 'HEIC pictures cannot be shown everywhere; save it as JPEG and send it again (iPhone: Settings → Camera → Formats → Most Compatible).',
  empty: 'The file is empty.',
  not_allowed_type: 'Only PDF, JPEG and PNG files are taken.',
  damaged: 'The picture is damaged.',
  file_too_large: 'The file is too large; make it smaller and try again.',
  too_many_pixels: 'The picture has too many pixels; make it smaller.',
  wrong_file_kind: 'The file was sent for another purpose; send it again.',
  already_booked: 'This consultation has a booking already; move that one to change the time.',
  clash: 'The time is taken; choose another.',
  person_taken:
    'This expert has something else at that time; choose another, or change their calendar first.',
  incomplete: 'The request is not complete; fill in what is required, then submit it.',
  no_hub: 'There is no consultation centre to ask yet; tell the administrator.',
  no_patient:
    'No patient is recorded yet; the requesting doctor names the patient first, then it can be printed or signed.',
  not_signed: 'The opinion is not signed yet; change the draft, no amendment is needed.',
  nobody_next:
    'Nobody is next: you will be called again. You may stop the sound; if you cannot come, please telephone a colleague to take it.',
  not_rung: 'Somebody has answered, or it rings at the next: nothing is left to do.',
  not_late: 'This is dealt with or not due yet: nobody needs a reminder.',
  nudged:
    'They were reminded a moment ago; if nothing happens within five minutes, remind them again or telephone.',
  nobody_to_remind: 'There is nobody to remind: telephone, or assign somebody.',
  wrong_state:
    'The consultation has moved on and this cannot be done now; reload the page and go on from there.',
  no_lead: 'Name the lead expert first.',
  capacity: 'Somebody else of this consultation does this; “Progress” shows who.',
  unknown_resource: 'The person or venue cannot be found any more; choose again.',
  no_window: 'The chosen period has passed or is more than 60 days ahead; choose another.',
  same_line: 'Two lines ask for the same people or rooms: make them one line and say how many.',
  nul: 'The text holds a control character that cannot be kept; delete it and type it again.',
  number_too_large: 'The number is too large; please check it.',
  study_needed: 'Choose a study.',
  is_stat: 'A stat consultation does without this step; the centre takes it at once.',
  not_stat: 'Only a stat consultation is taken at once; others are reviewed, accepted and booked.',
  not_needed: 'This request needs no endorsement; it can be reviewed at once.',
  already_endorsed: 'A senior doctor has endorsed it already.',
  needs_review: 'The medical office must review this request first.',
  opinion_stands:
    'The opinion is signed and stands: the lead expert is replaced only if it must be reassessed.',
  lead_named:
    'A lead expert is named already; use “Replace the lead expert” if it must be another.',
  is_written: 'A written consultation needs no booking; the expert writes the opinion.',
  not_all_accepted: 'Not everybody has accepted yet; wait for the answers or call them.',
  not_all_executed: 'Not all adopted advice has been carried out; finish it, then close.',
  password_first: 'Please choose a new password first.',
  password_short: 'The password needs at least {{least}} characters.',
  password_common: 'This password is too common and easily guessed. Please choose another.',
  password_own_name: 'This is hardly more than your user name. Please choose another password.',
  password_used: 'You used this password before. Please choose another.',
  current_password_wrong: 'The current password is wrong.',
  second_factor_first: 'Please finish the second step of signing in first.',
  enrolment_first: 'Please set up the second step of signing in first.',
  enrol_inside:
    'From outside you need a second step: set it up inside the hospital, or ask your administrator for a one-time password.',
  code_wrong:
    'This code is wrong or was used already. Wait for the next one on your phone and try again.',
  no_enrolment: 'Setting it up has lapsed; please begin again.',
  no_second_factor: 'This account has no second step.',
  second_factor_needed:
    'Your hospital asks this account for a second step, so it cannot be removed.',
} satisfies Filled<typeof zh>
