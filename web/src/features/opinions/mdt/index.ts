/** The parts of an MDT: loaded where there is one, with their words. */
import { lazy } from 'react'
import { withWords } from '../../../i18n'

const WORDS = {
  'zh-CN': async () => (await import('../../../i18n/zh-CN/mdtPart')).mdtPart,
  en: async () => (await import('../../../i18n/en/mdtPart')).mdtPart,
}

/** The sections while the opinion is written. */
export const Sections = lazy(() => withWords(WORDS, import('./Sections')))
/** What a signed version says of them. */
export const SignedSections = lazy(() => withWords(WORDS, import('./SignedSections')))
/** On the case page: that it is an MDT, and who says so. */
export const OnCase = lazy(() => withWords(WORDS, import('./OnCase')))
