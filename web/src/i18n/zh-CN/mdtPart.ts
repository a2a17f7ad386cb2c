/** What the parts of an MDT load with themselves; what they say of failures stands beside what administrators are told. */
import { mdt } from './mdt'

export const mdtPart = {
  mdt,
  admin_problem: {
    one_specialty: '多学科会诊至少需要两个专业的专家；请先添加其他专业的专家。',
    recorder_of_hub: '记录人须为受邀医院的在职人员；请另选一位。',
    recorder_signs: '主持人和参会专家须签署，不能兼任记录人；请另选一位。',
    sections_signed: '已有专家签署专科意见，不能再改为普通会诊。',
    no_mdt: '这不是多学科会诊，没有专科意见。',
    not_your_section: '专科意见由该专家、主持人或记录人书写。',
    section_signed: '这份专科意见已签署，不再改动；本人可另出更正。',
    section_open: '这份专科意见尚未签署，直接修改即可。',
    section_too_early: '会诊开始后才能签署专科意见；现在写的会保留。',
    section_empty: '请先写明本专科意见。',
    not_chair: '只有主持人可以注明专家未签署。',
    sections_wait: '{{names}} 尚未签署专科意见，也未提出保留意见；请等候，或注明未签署的原因。',
  },
}
