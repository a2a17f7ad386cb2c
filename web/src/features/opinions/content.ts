/** The parts of an opinion for the page: complete, and numbered as on the record. */
import type { Schemas } from '../../api/client'
import { newId } from '../../id'
import type { Content, Row } from './queries'

export const SECTIONS = ['advice', 'medicines', 'follow_up'] as const
export type SectionName = (typeof SECTIONS)[number]

const KIND_OF: Record<SectionName, Row['kind']> = {
  advice: 'treatment',
  medicines: 'medicine',
  follow_up: 'test',
}

export const newRow = (section: SectionName, owner: Pick<Row, 'owner' | 'owner_id'>): Row => ({
  key: newId(),
  kind: KIND_OF[section],
  text: '',
  due: null,
  due_at: null,
  ...owner,
})

export const whole = (content: Schemas['OpinionContent']): Content => ({
  ...content,
  advice: content.advice ?? [],
  medicines: content.medicines ?? [],
  follow_up: content.follow_up ?? [],
  key_images: content.key_images ?? [],
})

/** The number of the first row of a section: numbers run on from section to section. */
export const firstNumber = (content: Content, section: SectionName): number =>
  SECTIONS.slice(0, SECTIONS.indexOf(section)).reduce((n, each) => n + content[each].length, 1)

export const allRows = (content: Content): Row[] => SECTIONS.flatMap((each) => content[each])

/** A missing field; for a row of advice with its number. */
export type Lack = { what: string; n: number | null }
export function lackOf(word: string, content: Content): Lack {
  const [group, key, field] = word.split('.')
  if (!key || !field) return { what: word, n: null }
  const list = group === 'rows' ? allRows(content) : content.key_images
  return { what: field, n: list.findIndex((each) => each.key === key) + 1 }
}

/** The text for the progress note of the treating hospital. */
export function asNote(
  content: Content,
  words: { section: (name: SectionName) => string },
): string {
  const lines = [content.analysis, content.diagnosis].filter(Boolean)
  let n = 0
  for (const section of SECTIONS) {
    if (content[section].length === 0) continue
    lines.push(`${words.section(section)}：`)
    for (const row of content[section]) {
      n += 1
      lines.push(`${n}. ${row.text}`)
    }
  }
  return lines.join('\n')
}
