/** Types shared by the parts of the calendar. */
import type { Hours, Span } from './week'

/** A time across all rows: a proposal, or the time picked. */
export type Band = { key: string; label: string; span: Span; chosen: boolean }
/** A row's role in this consultation. */
export type Part = 'lead' | 'accompanying' | 'venue'

/** Which days and hours are drawn. */
export type Shared = {
  zone: string
  week: readonly string[]
  wide: readonly string[]
  hours: Hours
}

/** A part of a day's width, as CSS writes it. */
export const percent = (part: number) => `${part * 100}%`
