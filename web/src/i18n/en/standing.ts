import type { Filled } from '../shape'
import type { standing as zh } from '../zh-CN/standing'

export const standing = {
  on: 'Standing by until {{at}}',
  asked: 'A colleague asks you to take a shift',
  away: 'Away until {{at}}',
} satisfies Filled<typeof zh>
