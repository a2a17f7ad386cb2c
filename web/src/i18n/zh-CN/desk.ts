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
    asks_for_readings: '由申请医师、主会诊专家或参加会诊的专家提出。',
    branch_report_missing: '分院报告尚未提交，不能提交审核。请等待，或退回分院。',
    branch_report_changed: '分院报告有更新，请重新比较后再提交。',
    grade_needed: '请先选择与分院报告比较的结果：一致、轻微差异、补充发现或重大差异。',
    lines_needed: '请勾选差异涉及的诊断意见，分院的或本次的都可以。',
    lines_gone: '勾选的意见在诊断意见中已找不到，请重新勾选。',
    lines_of_agreement: '选择「一致」时不勾选意见。',
    no_such_days: '最多查看一年，起始日期不晚于结束日期。',
    no_such_day: '没有这个日期。',
    branch_report_empty: '请粘贴诊断意见，或选择报告的 PDF。',
    branch_report_time: '书写时间不能晚于现在。',
    not_a_pdf: '报告文件只收 PDF。',
    own_report_held: '同事正在书写这份报告。',
    own_report_senior: '须由主治医师及以上签发，请交给同事。',
    sampled_report: '这份复核是在本院报告签发后抽取的，比较的报告不再更新。',
    sampled_stays: '抽查的复核不能由分院撤回；有问题请联系上级医院退回。',
    grade_correctors: '由定结论的审核医师或其上级医师更正。',
    grade_unchanged: '与现在的结论相同。',
    not_over_read: '只有复核才与分院报告比较。',
    too_many_versions: '分院报告已有 20 版，不能再更新。',
    blanks_left: '模板中还有要填的空，请填写或删去。',
    desk_editors: '阅片分配由副主任医师及以上修改。',
    not_a_reader: '只能选择本院的放射科医师，请重新打开本页。',
    weight_twice: '同一设备类型和部位只能有一行。',
    template_editors: '报告模板由副主任医师及以上修改。',
    template_saved: '同事刚刚保存了这个模板，请重新打开后再改。',
    too_many_phrases: '常用语已满 100 条，请先删去不用的。',
    may_not_invite: '由申请或阅片的医师邀请他人。',
    not_invitable: '这个账号已停用，或不查看患者资料，不能邀请。',
    not_your_invitation: '由发出邀请的人结束。',
    claimed: '同事已认领这份阅片；如需接手，请写明原因。',
    already_requested: '这项检查已申请该院阅片，正在进行中。',
    study_not_confirmed: '请先在「影像核对」中确认这项检查属于哪位患者。',
    no_reading_agreement: '与该院的合作协议目前不含阅片，请联系医务部门。',
    reading_consent_withdrawn:
      '患者在本次住院中撤回了影像的知情同意；请先在会诊申请中重签，再申请阅片。',
    not_claimed: '认领已失效，文字仍保留在本页；请重新认领后再保存。',
    not_senior: '须由职称更高的放射科医师审核。',
    not_alone:
      '现在须提交审核：医院未开放单人签发、正在工作时间、不是紧急或急的阅片，或您的职称在主治医师以下。',
    no_reviewer:
      '本院没有可以审核您报告的放射科医师（须职称更高，或另一位主任医师）。请释放认领，由下级医师书写，您来审核。',
    report_incomplete: '影像所见和诊断意见都要填写。',
    key_image_recalled: '关键影像图 {{images}} 所属的检查已不再归属该患者，请移除后再提交或发布。',
    study_recalled: '这项检查已不再归属该患者，不能提交或发布报告。',
    only_to_read: '您只被准许在本页阅读，不能下载或打印；需要时请向申请医师或阅片医师索取。',
    report_damaged: '存储的报告与发布时不一致，不能打印。请联系信息科。',
    out_of_order: '还有更急的阅片无人认领；先看这份请写明原因。',
    resend_recalled: '这项检查已不再归属该患者，不能重新提交；请撤回申请，为检查所属患者另行申请。',
    report_recalled: '该报告的影像已不再归属该患者，只提供附有撤销说明的打印件。',
    nothing_to_read: '没有未认领且影像到齐的阅片。',
  },
}
