/** The pages of ward rounds, each with its words. Here and not among the routes, which every page loads. */
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { WORDS as LIVE } from './live/words'
import { WORDS } from './roundsWords'

/** Also what is asked before something unsaved is left. */
const withAll = <T>(page: Promise<T>) => withWords(MORE, withWords(WORDS, page))

export const list = () => withAll(import('./listPage'))
export const one = () => withAll(import('./onePage'))
export const board = () => withAll(import('./board/page'))
export const notes = () => withAll(import('./notes/page'))
export const live = async () => {
  const { default: Component } = await withAll(import('./live').then(({ live }) => live()))
  return { Component }
}
export const cart = async () => {
  const { default: Component } = await withAll(import('./cart').then(({ cart }) => cart()))
  return { Component }
}
export const left = () => withAll(withWords(LIVE, import('./live/LeftActs')))
