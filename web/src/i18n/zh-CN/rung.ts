export const rung = {
  title: '正在呼叫会诊专家',
  rings_other: '正在向 {{count}} 人响铃。',
  nobody: '暂时无人可呼叫，请直接拨打下面的电话。',
  next: '{{time}}后无人接入，转{{who}}。',
  centre: '会诊中心',
  phone: '也可以致电{{who}}：',
  on: { computer: '电脑', phone: '手机' },
  told: '已通知 {{told}} 人 · {{missed}} 人未送达。',
  mail: { queued: '邮件待发', sent: '邮件已发', failed: '邮件未送达', withdrawn: '' },
  state: {
    undelivered: '未送达',
    rings: '响铃中，尚未看到',
    seen: '已在{{device}}上看到',
    passed: '转下一位',
    missed: '未接',
  },
}
