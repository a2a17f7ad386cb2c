/** What the reading desk loads with itself; what it says of failures stands beside what administrators are told. */
import { reading } from './reading'
import { reading_desk } from './readingDesk'
import { reading_flagged } from './readingFlagged'
import { reading_past } from './readingPast'
import { reading_screen } from './readingScreen'

export const desk = {
  reading,
  reading_desk,
  reading_flagged,
  reading_past,
  reading_screen,
  admin_problem: {
    asks_for_readings: 'The requesting doctors and the experts who take part ask for it.',
    branch_report_missing:
      'The branch has not given its report, so yours cannot be submitted. Wait for it, or return the reading.',
    branch_report_changed: 'The branch has changed its report: compare again before you submit.',
    grade_needed:
      'First say how it stands to the branch report: agree, minor, additional or major.',
    lines_needed: 'Tick the lines that the difference is about, of the branch or of the hub.',
    lines_gone: 'A line that you ticked is not in the impression any more: tick again.',
    lines_of_agreement: 'Where both agree no line is ticked.',
    no_such_days: 'A year at most is shown, from its first day to its last.',
    no_such_day: 'There is no such day.',
    branch_report_empty: 'Paste the impression, or choose the PDF of the report.',
    branch_report_time: 'The report cannot have been written later than now.',
    not_a_pdf: 'A report is sent as a PDF.',
    own_report_held: 'A colleague is writing this report.',
    own_report_senior: 'An attending or above signs it: leave it to a colleague.',
    sampled_report:
      'This over-read was drawn after your report was signed; what it is compared with stays.',
    sampled_stays: 'A sampled over-read cannot be withdrawn; ask the hub to return it.',
    grade_correctors: 'The reviewer who set the grade, or their senior, corrects it.',
    grade_unchanged: 'That is the grade already.',
    not_over_read: 'Only an over-read is compared with the branch’s report.',
    too_many_versions: 'The branch report has 20 versions already; no further one is taken.',
    blanks_left: 'Blanks of the template are still open: fill them in or remove them.',
    desk_editors: 'Associate chief and chief physicians say who reads what.',
    not_a_reader: 'Choose radiologists of your own hospital; open the page again.',
    weight_twice: 'A modality and part can stand only once.',
    template_editors: 'Associate chief and chief physicians write the report templates.',
    template_saved: 'A colleague has just saved this template; open it again before you change it.',
    too_many_phrases: 'You have kept 100 phrases; remove some first.',
    may_not_invite: 'Who requests or reads it invites others.',
    not_invitable: 'This account is closed or sees no patients: it cannot be invited.',
    not_your_invitation: 'Who invited somebody ends it.',
    claimed: 'A colleague has it. To take it over, say why.',
    already_requested: 'This study is being read there already.',
    study_not_confirmed: 'First confirm whose study it is, under “Images to check”.',
    no_reading_agreement:
      'No agreement with that hospital covers reading today; please ask your medical office.',
    reading_consent_withdrawn:
      'The patient has withdrawn the consent to images of this stay; have a new one signed in a consultation’s request first.',
    not_claimed:
      'You no longer have it claimed. Your text stays on this page; claim it again to save it.',
    not_senior: 'A more senior radiologist must review it.',
    not_alone:
      'Submit it for review: single signatures are not allowed here, it is working time, the reading is routine, or your title is below attending.',
    no_reviewer:
      'No radiologist of your hospital may review your report: that takes a higher title, or another chief. Give it up, let a junior write it, and review it yourself.',
    report_incomplete: 'Write both the findings and the impression.',
    key_image_recalled:
      'Key image {{images}} is of a study that is no longer this patient’s; remove it first.',
    study_recalled:
      'The study is not confirmed as this patient’s any more, so no report of it is submitted or issued.',
    only_to_read: 'You may read it here but not take copies; ask whoever requested or read it.',
    report_damaged:
      'What is stored is not what was issued, so it is not printed. Please call your IT department.',
    out_of_order: 'Something more urgent waits. To read this one first, say why.',
    resend_recalled:
      'The study is not this patient’s any more, so it cannot be sent again. Withdraw the request, and request it for the patient whose it is.',
    report_recalled:
      'The images of this report are not this patient’s any more, so it is only printed, with a page that says so.',
    nothing_to_read: 'Nothing waits that nobody has claimed and whose images are all here.',
  },
}
