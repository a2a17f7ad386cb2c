/** The parts of a 会诊申请单 that the case page and previews show. */
import type { Measure } from '../kit/vitals'

export type RequestRead = {
  purpose: string
  diagnosis: string
  history: string
  past_history: string
  examination: string
  vitals: Measure[]
  vitals_at: string | null
  tests: Measure[]
  tests_at: string | null
  treatment: string
  medicines: string
}

/** The paragraphs of a text, without empty lines. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)

/** The questions of a purpose, split at lines or typed numbers; the numbers are dropped, because the list has its own. */
export function questions(purpose: string): string[] {
  const lines = paragraphs(purpose)
  const numbered = /(?:^|\s)(?=\d{1,2}[.、)）](?!\d)\s*)/
  const parts = lines.length === 1 ? (lines[0] ?? '').split(numbered) : lines
  return parts
    .map((part) => part.replace(/^\s*\d{1,2}[.、)）](?!\d)\s*/, '').trim())
    .filter(Boolean)
}
