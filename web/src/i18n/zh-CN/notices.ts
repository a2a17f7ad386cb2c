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
  meets: {
    before: '会诊将于 {{at}} 开始',
    due: '会诊时间已到（{{at}}）',
    after: '会诊时间已过仍未开始，请协调（{{at}}）',
  },
  unready: '距会诊开始不足 30 分钟，会前核查仍未完成',
  of: {
    approval: '审批',
    completion: '补充申请',
    acceptance: '受理',
    arrangement: '安排会诊',
    resumption: '中断后的会诊',
    opinion: '出具会诊意见',
    feedback: '反馈会诊意见',
    execution: '落实会诊建议',
  },
}
