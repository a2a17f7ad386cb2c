/** The page of a ward's cart with its words, the run-sheet's and the room's; those of the badge and its PIN, which are
 *  administrators' too; and the names of what values come from. */
import { withAdminWords, withRoomWords, withWords } from '../../../i18n'
import { REQUESTS } from '../../../i18n/words'
import { WORDS as LIVE } from '../live/words'

const WORDS = {
  'zh-CN': async () => ({
    rounds_cart: (await import('../../../i18n/zh-CN/roundsCart')).rounds_cart,
  }),
  en: async () => ({ rounds_cart: (await import('../../../i18n/en/roundsCart')).rounds_cart }),
}

export const cart = () =>
  withAdminWords(
    withRoomWords(withWords(REQUESTS, withWords(LIVE, withWords(WORDS, import('./page'))))),
  )
