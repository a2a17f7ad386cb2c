export const room = {
  title: '线上会诊室',
} as const
