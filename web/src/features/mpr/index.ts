/** The pages with planes through a volume, each with its words. Here and not among the routes, which every page loads. */
import { withWords } from '../../i18n'
import { WORDS } from '../studies/mprWords'

export const ofConsultation = () => withWords(WORDS, import('./consultationPage'))
export const ofReading = () => withWords(WORDS, import('./readingPage'))
