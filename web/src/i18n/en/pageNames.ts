/** Of pages that load their words themselves: what others say of them. */
import type { Filled } from '../shape'
import type { pageNames as zh } from '../zh-CN/pageNames'

export const pageNames = {
  myAccount: { title: 'My account' },
  rosters: { experts_of: '{{name}} experts' },
  telling: { menu: 'How I am told' },
} satisfies Filled<typeof zh>
