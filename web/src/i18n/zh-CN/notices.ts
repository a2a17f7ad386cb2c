export const notices = {
  title: '通知',
  bell_zero: '通知',
  bell_other: '通知，{{count}} 条新通知',
  none: '没有通知',
  none_hint: '到期、逾期和会诊前的提醒会出现在这里。',
  ended: '已处理',
  said: {
    before: '{{what}}将于 {{at}} 到时限',
    due: '{{what}}已到时限（{{at}}）',
    after: '{{what}}逾期未处理，请协调（应于 {{at}} 前）',
  },
  own: {
    meeting: {
      before: '会诊将于 {{at}} 开始',
      due: '会诊时间已到（{{at}}）',
      after: '会诊时间已过仍未开始，请协调（{{at}}）',
    },
    readiness: {
      before: '会前核查仍未完成，请尽快补齐',
      due: '距会诊开始不足 30 分钟，会前核查仍未完成',
      after: '会诊即将开始，会前核查仍未完成，请协调',
    },
    expiry: {
      before: '退回的申请将于 {{at}} 失效，请补充后重新提交',
      due: '退回的申请已失效（{{at}}）',
      after: '退回的申请已失效（{{at}}）',
    },
    hold: {
      before: '预留的会诊时间将于 {{at}} 释放',
      due: '预留的会诊时间已释放（{{at}}）',
      after: '预留的会诊时间已释放（{{at}}）',
    },
    closing: {
      before: '下班后仍未审批的申请将转总值班',
      due: '已过下班时间，有会诊申请待审批',
      after: '有会诊申请下班后仍待审批',
    },
    one_sided: {
      before: '会诊一方尚未进入会诊室',
      due: '会诊时间已到（{{at}}），一方已在等候，另一方未到',
      after: '会诊一方未到，请协调（{{at}}）',
    },
    ending: {
      before: '会诊预约将于 {{at}} 结束',
      due: '会诊已到预约结束时间（{{at}}），之后另有安排或已不能再延长',
      after: '会诊超过预约时间（{{at}}），之后的安排可能受影响，请协调',
    },
    draft: {
      before: '会诊申请草稿将于 {{at}} 作废，改动后重新计时',
      due: '会诊申请草稿已作废（{{at}}）',
      after: '会诊申请草稿已作废（{{at}}）',
    },
    missed: {
      before: '会诊尚未开始',
      due: '会诊时间已过，一方未到，请另约',
      after: '会诊时间已过，一方未到，请另约',
    },
  },
  of: {
    approval: '审批',
    completion: '补充申请',
    acceptance: '受理',
    arrangement: '安排会诊',
    resumption: '中断后的会诊',
    opinion: '出具会诊意见',
    feedback: '反馈会诊意见',
    execution: '落实会诊建议',
    archiving: '归档',
    naming: '指定主会诊专家',
    papers: '补交知情同意书',
    reassessment: '重新评估会诊意见',
  },
}
