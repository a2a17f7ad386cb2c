import type { Filled } from '../shape'
import type { studies as zh } from '../zh-CN/studies'

export const studies = {
  title: 'Studies',
} satisfies Filled<typeof zh>
