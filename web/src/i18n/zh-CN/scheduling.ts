export const scheduling = {
  title: '日程',
} as const
