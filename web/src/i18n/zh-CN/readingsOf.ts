/** Of the readings that come from a consultation, on its page. */
export const readings_of = {
  title: '影像诊断',
  ask: '请影像科阅片',
  report: '查看报告',
  open: '查看',
  waits: '等影像到齐',
  due: '{{at}} 前完成',
  state: {
    requested: '已申请，待书写',
    assigned: '已分给医师，待书写',
    claimed: '书写中',
    written: '待审核',
    reviewed: '已审核',
    provisional: '临时报告已发布，待审核',
    issued: '已发布',
    addended: '已发布，有补充或更正',
    returned: '已退回申请医师',
    withdrawn: '分院已撤回',
  },
}
