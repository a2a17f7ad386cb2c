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

/** An empty row; it takes its owner from the row before, and nothing else. */
export const newRow = (
  section: SectionName,
  { owner, owner_id }: Pick<Row, 'owner' | 'owner_id'>,
): Row => ({
  key: newId(),
  kind: KIND_OF[section],
  text: '',
  due: null,
  due_at: null,
  owner,
  owner_id,
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

/** What is missing: a part of the opinion, or of one row or key image some fields. */
export type Lack = { what: string; n: number | null; fields: string[] }

/** What the codes name, each row and each key image once. What was removed since the last save lacks nothing. */
export function lacksOf(missing: readonly string[], content: Content): Lack[] {
  const found = new Map<string, Lack>()
  for (const word of missing) {
    const [what = '', key, field] = word.split('.')
    const list = what === 'rows' ? allRows(content) : content.key_images
    const n = key ? list.findIndex((each) => each.key === key) + 1 : null
    if (n === 0) continue
    const lack = found.get(`${what}.${key ?? ''}`) ?? { what, n, fields: [] }
    found.set(`${what}.${key ?? ''}`, lack)
    if (field) lack.fields.push(field)
  }
  return [...found.values()]
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
