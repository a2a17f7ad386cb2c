/** The chip in the top bar with its own few words: those at whom emergencies ring have it on every page. */
import { withWords } from '../../../i18n'
import type { Words } from '../../../i18n/words'

const STANDING: Words = {
  'zh-CN': async () => ({ standing: (await import('../../../i18n/zh-CN/standing')).standing }),
  en: async () => ({ standing: (await import('../../../i18n/en/standing')).standing }),
}

export const standing = () => withWords(STANDING, import('./Chip'))
