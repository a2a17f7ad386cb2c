export const viewer = {
  title: '影像',
} as const
