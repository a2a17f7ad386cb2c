/** The page of a ward's cart with its words, the run-sheet's and the room's. */
import { withRoomWords, withWords } from '../../../i18n'
import { WORDS as LIVE } from '../live/words'

const WORDS = {
  'zh-CN': async () => ({
    rounds_cart: (await import('../../../i18n/zh-CN/roundsCart')).rounds_cart,
  }),
  en: async () => ({ rounds_cart: (await import('../../../i18n/en/roundsCart')).rounds_cart }),
}

export const cart = () => withRoomWords(withWords(LIVE, withWords(WORDS, import('./page'))))
