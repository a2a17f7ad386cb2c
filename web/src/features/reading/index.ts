/** The reading desk's pages, each with the desk's words. Here and not among the routes, which every page loads. */
import { withRoomWords, withWords } from '../../i18n'
import { WORDS } from './deskWords'

export const list = () => withWords(WORDS, import('./page'))
export const one = () => withWords(WORDS, import('./onePage'))
export const images = () => withWords(WORDS, import('./secondScreen/page'))
export const discrepancies = () => withWords(WORDS, import('./discrepanciesPage'))
export const ownReports = () => withWords(WORDS, import('./ownListPage'))
export const ownReport = () => withWords(WORDS, import('./ownPage'))
/** With the room's words too. */
export const together = () => withRoomWords(withWords(WORDS, import('./together/page')))
export const desk = () => withWords(WORDS, import('./deskPage'))
export const templates = () => withWords(WORDS, import('./templatesPage'))
