export const studies = {
  title: '影像资料',
} as const
