export const requests = {
  title: '会诊申请单',
} as const
