export const settings = {
  accounts: '账号安全',
  title: '机构设置',
  tabs: { departments: '科室与病区', venues: '会诊室', agreements: '机构与协议' },
  note: '改动立即生效：等待审签或审核的申请按新设置继续，不再需要的一步随即通过；已送出的会诊不受影响',
  endorsement: '上级医师审签',
  endorsement_hint: '提交后先由上级医师审签同意，再送医务科审核',
  review: '医务科审核',
  review_hint: '关闭后，会诊申请直接送瑞金医院受理',
  phone: '会诊中心电话',
  own_only: '仅供查看，只有{{hospital}}的管理员可以更改',
  save: '保存',
  saved: '已保存',
} as const
