/** How an over-read stands to the branch's report, and a grade that is corrected. */
export const compare = {
  title: 'Against the branch report',
  result: 'Over-read',
  none_yet:
    'The branch has not given its report; it is compared, and yours submitted, once it has.',
  outdated: 'The branch has changed its report: please compare again.',
  theirs: 'Branch',
  ours: 'Hub',
  writes_itself: 'Tick what the difference is about: it goes on record when the report is issued.',
  was: 'Changed from “{{grade}}”',
  not_said: 'Says nothing of it',
  correct: 'Correct the grade',
  correct_confirm: 'Correct',
  correct_about:
    'The issued report and its print stay; the correction is kept with reason, name and time, and figures go by it.',
  correct_why: 'Why',
  correct_missing: 'Choose the grade and say why; unless both agree, tick what differs.',
  corrected: 'The grade is corrected.',
  corrected_by: '{{who}}, {{at}}, from “{{before}}” to “{{grade}}”: {{why}}',
}
