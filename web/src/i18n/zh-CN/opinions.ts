export const opinions = {
  title: '会诊意见',
} as const
