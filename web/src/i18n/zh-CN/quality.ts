/** 质控员的首页。 */
export const quality = {
  title: '质控',
  month: '近 30 天提交的会诊',
  month_note: '按现在的状态',
  group: {
    open: '进行中',
    answering: '待签署',
    followed: '反馈与落实',
    done: '已办结',
    called_off: '未完成',
  },
  concerns: '需要关注',
  hidden: '其中 {{n}} 例的患者资料不在您的查看范围内，可请分院质控员查看',
  none: '目前没有中断、逾期、撤销或更正的会诊。',
  all: '查看列表',
  concern: {
    recalled: '签署后影像被撤销，意见失去依据',
    interrupted: '会诊中断',
    late: '已逾期',
    opinion_late: '会诊意见逾期未签署',
    advice_late: '建议逾期未落实',
    amended: '近 30 天内签署后更正',
  },
}
