/** Types shared by the parts of the calendar. */

import type { Span } from '../../consultation/bookings'
import type { Hours } from './week'

/** A time across all rows: a proposal, or the time picked. */
export type Band = { key: string; label: string; span: Span; chosen: boolean }
/** A row's role in this consultation. */
export type Part =
  | 'lead'
  | 'chair'
  | 'accompanying'
  | 'expert'
  | 'expert_optional'
  | 'section'
  | 'section_optional'
  | 'venue'

/** Which days and hours are drawn. */
export type Shared = {
  zone: string
  week: readonly string[]
  wide: readonly string[]
  hours: Hours
}

/** A part of a day's width, as CSS writes it. */
export const percent = (part: number) => `${part * 100}%`

const HAN = /\p{Script=Han}/u

/** What stands for a text in a short block: 集体阅片 → 集, Case reading → CR. */
export const initials = (text: string): string => {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  if (HAN.test(text)) return [...(words[0] ?? '')][0] ?? ''
  return words
    .slice(0, 3)
    .map((word) => [...word][0]?.toUpperCase())
    .join('')
}

/** The width in em from which a block shows its words: Chinese in two lines, others in one; a long text is cut there. */
export const roomFor = (text: string): number => {
  const { length } = [...text]
  return HAN.test(text) ? Math.min(Math.ceil(length / 2), 3) : Math.min(length * 0.6, 5)
}
