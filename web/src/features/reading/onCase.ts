/** What a case page shows of readings, apart from the desk's pages, which it does not load. */
import { withWords } from '../../i18n'

const OF_CONSULTATION = {
  'zh-CN': async () => ({ readings_of: (await import('../../i18n/zh-CN/readingsOf')).readings_of }),
  en: async () => ({ readings_of: (await import('../../i18n/en/readingsOf')).readings_of }),
}
/** On a case page, with few words: those of the desk come when somebody asks. */
export const ofConsultation = () => withWords(OF_CONSULTATION, import('./OfConsultation'))
