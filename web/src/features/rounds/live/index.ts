/** The live run-sheet with its words and the room's. Here and not among the routes, which every page loads. */
import { withRoomWords, withWords } from '../../../i18n'
import { WORDS } from './words'

export const live = () => withRoomWords(withWords(WORDS, import('./page')))
