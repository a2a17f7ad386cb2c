import type { Filled } from '../shape'
import type { viewer as zh } from '../zh-CN/viewer'

export const viewer = {
  title: 'Images',
} satisfies Filled<typeof zh>
