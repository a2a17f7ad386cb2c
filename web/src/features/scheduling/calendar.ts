/** What the parts of the calendar hand each other. */
import type { Hours, Span } from './week'

/** A time over all rows: one of the proposals, or what was picked. */
export type Band = { key: string; label: string; span: Span; chosen: boolean }
/** What a row is to this consultation. */
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
