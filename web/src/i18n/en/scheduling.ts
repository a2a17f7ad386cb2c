import type { Filled } from '../shape'
import type { scheduling as zh } from '../zh-CN/scheduling'

export const scheduling = {
  title: 'Calendar',
} satisfies Filled<typeof zh>
