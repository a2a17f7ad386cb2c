/** How an over-read stands to the branch's report, and a grade that is corrected. */
export const compare = {
  title: '与分院报告比较',
  result: '复核结论',
  none_yet: '分院报告尚未提交，提交后才能比较和提交审核。',
  outdated: '分院报告有更新，请重新比较。',
  theirs: '分院意见',
  ours: '本次意见',
  writes_itself: '勾选差异涉及的意见，发布时即成差异记录。',
  was: '由「{{grade}}」改动',
  not_said: '未述',
  correct: '更正结论',
  correct_confirm: '更正',
  correct_about: '已发布的报告和打印不变；更正连同原因、姓名和时间一并保留，统计按更正后的结论。',
  correct_why: '更正原因',
  correct_missing: '请选择结论、写明原因；不是「一致」时勾选差异涉及的意见。',
  corrected: '结论已更正。',
  corrected_by: '{{who}} {{at}} 由「{{before}}」更正为「{{grade}}」：{{why}}',
}
