import type { Filled } from '../shape'
import type { room as zh } from '../zh-CN/room'

export const room = {
  title: 'Room',
} satisfies Filled<typeof zh>
