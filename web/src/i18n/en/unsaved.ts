import type { Filled } from '../shape'
import type { unsaved as zh } from '../zh-CN/unsaved'

export const unsaved = {
  title: 'Some changes are not saved',
  text: 'If you leave, what you have just changed is not kept.',
  leave: 'Leave without saving',
  stay: 'Stay here',
  drop: 'Discard it',
} satisfies Filled<typeof zh>
