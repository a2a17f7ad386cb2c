/** The parts of the form in order, and which part has the field of a missing code. */
import type { Request } from './form'

export const SECTIONS = [
  'patient',
  'urgency',
  'purpose',
  'summary',
  'wanted',
  'images',
  'attachments',
  'consent',
  'way',
  'wishes',
] as const
export type Section = (typeof SECTIONS)[number]

const OF: Record<string, Section> = {
  patient: 'patient',
  patient_number: 'patient',
  patient_age: 'patient',
  allergy: 'patient',
  department: 'patient',
  ward: 'patient',
  bed: 'patient',
  attending: 'patient',
  attending_phone: 'patient',
  purpose: 'purpose',
  diagnosis: 'summary',
  history: 'summary',
  vitals: 'summary',
  tests: 'summary',
  treatment: 'summary',
  medicines: 'summary',
  specialty: 'wanted',
  title_wanted: 'wanted',
  wishes: 'wishes',
  agreement: 'wanted',
  accompanying: 'way',
  consent: 'consent',
  studies: 'images',
}

export const sectionOf = (word: string): Section =>
  word.startsWith('checklist.') ? 'attachments' : (OF[word] ?? 'patient')

/** The element id of the field of a missing code. */
export const fieldId = (word: string): string => `request-${word.replace('.', '-')}`

/** Texts whose presence the page knows before the server's answer. */
const TEXTS = [
  'department',
  'ward',
  'bed',
  'attending',
  'attending_phone',
  'purpose',
  'diagnosis',
  'history',
  'treatment',
  'medicines',
  'specialty',
] as const

/** All that a stat request needs, and where it is. */
const STAT = new Set(['patient', 'ward', 'purpose'])
export const STAT_SECTIONS: ReadonlySet<Section> = new Set(['patient', 'urgency', 'purpose'])

/** The parts of this request: an emergency wishes for no time. */
export const sectionsOf = ({ urgency }: Pick<Request, 'urgency'>): readonly Section[] =>
  SECTIONS.filter((each) => each !== 'wishes' || urgency !== 'stat')

/** Whether what this code names can still be filled in: of what stands only the papers, and in the end the consent. */
function isOpen(row: Request, word: string): boolean {
  const section = sectionOf(word)
  if (row.writable || section === 'consent') return true
  return row.papers_open && (section === 'attachments' || section === 'images')
}

/** The parts that lack something which nobody can fill in any more. */
export const leftEmpty = (row: Request): ReadonlySet<Section> =>
  new Set(row.missing.filter((word) => !isOpen(row, word)).map(sectionOf))

/** What is missing and can be filled in: the server's list, corrected by what was typed since, in the form's order. */
export function missingNow(row: Request): string[] {
  // After submitting, a stat request still needs the whole set.
  const stat = row.urgency === 'stat' && row.state === 'draft'
  const known = new Set(row.missing)
  for (const name of TEXTS) {
    const placed = stat && name === 'ward' && Boolean(row.content.department.trim())
    if (row.content[name].trim() || placed) known.delete(name)
    else if (!stat || STAT.has(name)) known.add(name)
  }
  if (row.mode === 'written' || stat || (row.content.wishes?.length ?? 0) > 0)
    known.delete('wishes')
  if (stat) for (const name of [...known]) if (!STAT.has(name)) known.delete(name)
  return [...known].filter((word) => isOpen(row, word)).sort((a, b) => rank(a) - rank(b))
}

/** The parts that a stat request may leave empty and that its doctor completes afterwards. */
export function laterOf(row: Request): ReadonlySet<Section> {
  if (row.urgency !== 'stat' || row.state !== 'draft') return new Set()
  const c = row.content
  const unanswered = row.checklist.filter(
    (each) => !row.packet.some(({ checklist }) => checklist === each),
  )
  const empty: Partial<Record<Section, boolean>> = {
    summary:
      !c.vitals?.length ||
      !c.tests?.length ||
      (['diagnosis', 'history', 'treatment', 'medicines'] as const).some((name) => !c[name].trim()),
    wanted: !c.specialty.trim() || c.title_wanted === null,
    images: !c.studies?.length && !c.no_images,
    attachments: unanswered.length > 0,
    consent: !row.consents.some(({ state }) => state !== 'withdrawn'),
    way: row.accompanying_id === null,
  }
  return new Set(SECTIONS.filter((section) => empty[section]))
}

const ORDER = Object.keys(OF)
const rank = (word: string): number =>
  SECTIONS.indexOf(sectionOf(word)) * 100 + Math.max(0, ORDER.indexOf(word))
