import type { Filled } from '../shape'
import type { requests as zh } from '../zh-CN/requests'

export const requests = {
  title: 'Consultation request',
} satisfies Filled<typeof zh>
