/** What is shown of critical findings, each part with its words: on its own pages, above every page, beside a reading. */
import { withWords } from '../../i18n'

const WORDS = {
  'zh-CN': async () => (await import('../../i18n/zh-CN/critical')).criticalPart,
  en: async () => (await import('../../i18n/en/critical')).criticalPart,
}

export const register = () => withWords(WORDS, import('./registerPage'))
export const one = () => withWords(WORDS, import('./onePage'))
export const banner = () => withWords(WORDS, import('./Banner'))
export const ofReading = () => withWords(WORDS, import('./OfReading'))
