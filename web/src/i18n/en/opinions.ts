import type { Filled } from '../shape'
import type { opinions as zh } from '../zh-CN/opinions'

export const opinions = {
  title: 'Opinion',
} satisfies Filled<typeof zh>
