/** The page of a ward's cart with its words, the run-sheet's and the room's; and those of the badge and its PIN, which are
 *  administrators' too. */
import { withAdminWords, withRoomWords, withWords } from '../../../i18n'
import { WORDS as LIVE } from '../live/words'

const WORDS = {
  'zh-CN': async () => ({
    rounds_cart: (await import('../../../i18n/zh-CN/roundsCart')).rounds_cart,
  }),
  en: async () => ({ rounds_cart: (await import('../../../i18n/en/roundsCart')).rounds_cart }),
}

export const cart = () =>
  withAdminWords(withRoomWords(withWords(LIVE, withWords(WORDS, import('./page')))))
