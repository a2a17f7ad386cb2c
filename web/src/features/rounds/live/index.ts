/** The live run-sheet with its words and the room's, and the names of what values come from. Here and not among the
 *  routes, which every page loads. */
import { withRoomWords, withWords } from '../../../i18n'
import { REQUESTS } from '../../../i18n/words'
import { WORDS } from './words'

export const live = () => withRoomWords(withWords(REQUESTS, withWords(WORDS, import('./page'))))
