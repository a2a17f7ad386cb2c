/** Sentences for failures that only administrators' and a few other pages meet. */
import type { Filled } from '../shape'
import type { admin_problem as zh } from '../zh-CN/adminProblem'

export const admin_problem = {
  shift_gone: 'This shift is over or the roster was changed: look again, or ask who offered it.',
  hand_over_answered: 'This hand-over is answered already, or was taken back.',
  not_standing_by: 'You do not stand by: begin to first.',
  standby_at_device:
    'Stand by at your own computer or telephone: a shared device signs you out after some minutes.',
  contact_of_branch: 'Choose somebody of the branch who requests readings.',
  calendar_links_full: 'There are as many links as one may have: revoke one first.',
  badge_wrong: 'The badge or the PIN is wrong. Read the badge again.',
  badge_owes:
    'The password has expired, or a second step is to be set up: sign in by the password first; the badge works again after it.',
  badge_outside:
    'This device is outside the hospital’s network, where no badge is taken. Confirm by telephone, or use your password.',
  badge_taken: 'This badge is in use already. If it is really yours, please ask the IT department.',
  badge_unreadable:
    'No badge number could be read: it has 4 to 64 letters or digits. Read it again, or type it.',
  pin_digits: 'A PIN has six digits.',
  pin_simple: 'This PIN is guessed too easily. Choose another.',
  own_account: 'Nobody disables themselves; another administrator of your hospital does.',
  still_waits: 'Somebody must be named for everything that waits.',
  shift_taken: 'They are on duty then already. Please choose somebody else.',
  no_successor: 'They cannot take this over; choose a colleague with the same role.',
  own_roles: 'Nobody changes their own roles; another administrator of your hospital does.',
  second_person:
    'Somebody else must confirm this role: another administrator or the medical office of your hospital.',
  last_administrator:
    'This is the hospital’s last administrator. Give somebody else that role first.',
  staff_number_taken: 'Somebody at this hospital has this staff number already.',
  username_taken: 'Somebody signs in as “{{username}}” already; give another user name.',
  username_unfit:
    'The staff number makes “{{username}}”, which nobody can sign in by. Give a user name of letters, digits, . _ @ -',
  licence_taken: 'Somebody is entered with this licence already; one person has one account.',
  telephone: 'This is no complete telephone number; a mobile number has 11 digits.',
  picture_only: 'A signature is a PNG or JPEG picture.',
  email: 'This is no mail address.',
  hospital_code_taken: 'There is a hospital with this code already.',
  department_name_taken: 'There is a department of this name already.',
  ward_code_taken: 'There is a ward with this code already.',
  venue_name_taken: 'There is a venue of this name already.',
  agreement_number_taken: 'Another agreement of these hospitals has this number.',
  unknown_code: 'The national catalogue has no such code.',
  code_contradicts_specialty: 'The standard code is that of another specialty: make them agree.',
  unknown_specialty: 'There is no such specialty.',
  unknown_time_zone: 'There is no such time zone.',
  kind_stays: 'A hospital stays a hub or a branch.',
  bed_twice: 'A bed is named twice.',
  bed_in_use: 'Patients are recorded in a bed that would go; keep it.',
  hub_and_branch: 'An agreement is between a hub and a branch.',
  ends_before_it_begins: 'It ends before it begins.',
  own_hospital: 'At one’s own hospital no registration is needed.',
  audit_of_whom: 'Choose a patient, a person or a day first.',
  already_reviewed: 'A colleague has reviewed it.',
  say_why: 'Please say why it was not appropriate.',
  patient_of_whom: 'Give a number, or the name and the birth date.',
  no_such_patient:
    'No such patient, or no agreement with this hospital is in force. Check hospital and number, or name and birth date.',
  no_entry:
    'No device shows this code now. Look at its screen; if it is too old, get another there.',
  confirm_at_device: 'Confirm on your own telephone, not at a device of the hospital.',
  no_code: 'There is no such code, or it is too old: look at the screen again.',
  other_venue: 'Please choose a room of your own hospital.',
  roster_keeper: 'Somebody else keeps this roster.',
  roster_kept: 'This roster is kept already.',
  roster_of_nothing: 'Your hospital keeps no roster of that.',
  shift_over: 'A shift that is over stays as it was.',
  people_changed:
    'Somebody on the list cannot be put on this roster any more (account closed, another department, or without the role). The page is up to date now: check it and plan again.',
  plan_too_large: 'That is too much for one plan. Plan with fewer people or fewer places.',
  planner_missing:
    'Planning is not installed on this server. IT installs it as the operations manual says under "Planning rosters"; until then, fill the roster week by week.',
  shifts_wrong: 'The shifts do not make sense: see below.',
  source_secret_again: 'Enter the password again when kind, address or account changes.',
  source_address_views:
    'This is no address of a database. Write postgresql://host:port/database, without account and password.',
  source_address_fhir:
    'This is no address of a FHIR server. Write https://host/path, without account, password and parameters.',
  source_view:
    'This is no name of a view: letters, digits and underscores, a letter first; its owner may stand before it, as in his.v_patient.',
  source_number:
    'This is no identifier of numbers: Latin characters without blanks, as in urn:oid:1.2.3.',
  source_mapping: 'The names are wrong: load the page again and enter them anew.',
  ae_title_own:
    'This is the AE title at which this system receives images. Enter the title of the device itself.',
  ae_title_taken:
    'This AE title is in use. It belongs to one hospital only: choose another on the device.',
  robot_not_allowed: 'A robot may only be at an address that this installation allows: {{hosts}}.',
  days_changed:
    'Somebody has just changed these days: {{dates}}. The page is up to date; check them, then try again.',
  no_common_hours:
    'With these hours you never work at the same time as {{hospitals_en}}: nothing between you would be due in working time. Please choose others, or settle it with them first.',
  day_twice: 'A day is named twice; keep it once.',
  hub_administrator:
    'Only the administrator of the expert hospital can change the default and the rules of agreements.',
  ladder_wrong: 'These rules cannot be saved yet; correct what is marked.',
  ladder_nobody:
    'Nobody has the role of the last level, so a call would reach nobody: give somebody the role, or choose another.',
  ladder_needed: 'The default can be changed, not given up.',
  network_wrong: '“{{network}}” is no network; write it like 10.0.0.0/8.',
  own_second_factor: 'Change or remove your own second step under “My account”.',
  unimportable: 'This file cannot be imported. Fill in the template and choose it again.',
  own_administrator: 'Only an administrator of that hospital can change its settings.',
} satisfies Filled<typeof zh>
