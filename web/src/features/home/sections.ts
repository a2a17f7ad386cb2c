/** Which items are late, due today, or later; and which belong to a filter. Pure. */
import { siteDay } from '../../zone'
import type { Waiting, Work, WorkKind } from './view'

export const GROUPS = [
  'all',
  'complete',
  'approve',
  'arrange',
  'sign',
  'images',
  'advice',
  'rounds',
] as const
export type Group = (typeof GROUPS)[number]
export const SECTIONS = ['late', 'today', 'later'] as const
export type Section = (typeof SECTIONS)[number]

const GROUP_OF: Record<WorkKind, Group> = {
  complete: 'complete',
  consent: 'complete',
  renew: 'complete',
  approve_consent: 'approve',
  endorse: 'approve',
  review: 'approve',
  accept: 'arrange',
  name_lead: 'arrange',
  name_accompanying: 'arrange',
  book: 'arrange',
  invite: 'arrange',
  upload: 'images',
  identity: 'images',
  declare: 'images',
  write: 'sign',
  sign: 'sign',
  co_sign: 'sign',
  section: 'sign',
  reassess: 'advice',
  recall: 'advice',
  acknowledge: 'advice',
  execute: 'advice',
  close: 'advice',
  holidays: 'arrange',
  roster_gap: 'arrange',
  book_time: 'arrange',
  registration: 'arrange',
  confirm_role: 'approve',
  answer_device: 'arrange',
  review_break_glass: 'approve',
  read: 'images',
  review_report: 'images',
  send_again: 'images',
  read_back: 'images',
  act_on_finding: 'images',
  close_finding: 'images',
  telephone_finding: 'images',
  answer_round: 'rounds',
  name_round_lead: 'rounds',
  book_round: 'rounds',
  cover_rounds: 'rounds',
  decide_round_time: 'rounds',
  prepare_round: 'rounds',
  write_round_note: 'rounds',
  countersign_round_note: 'rounds',
  read_back_instruction: 'rounds',
  carry_out_instruction: 'rounds',
}

const isKind = (word: string): word is WorkKind => word in GROUP_OF

export const inGroup = (group: Group, items: Work[]): Work[] =>
  group === 'all' ? items : items.filter(({ kind }) => GROUP_OF[kind] === group)

/** The kinds of a filter, as the server is asked for them; none for all. */
export const kindsOf = (group: Group): WorkKind[] =>
  group === 'all'
    ? []
    : Object.keys(GROUP_OF)
        .filter(isKind)
        .filter((kind) => GROUP_OF[kind] === group)

/** How much waits in a filter, shown or not. */
export const countOf = (group: Group, waiting: Waiting): number =>
  Object.entries(waiting).reduce(
    (sum, [kind, count]) =>
      group === 'all' || (isKind(kind) && GROUP_OF[kind] === group) ? sum + count : sum,
    0,
  )

export const asGroup = (value: string | null): Group =>
  GROUPS.find((group) => group === value) ?? 'all'

/** The section of an item; one without a deadline is "later". */
export function sectionOf({ due_at }: Work, now: number): Section {
  if (due_at === null) return 'later'
  const due = Date.parse(due_at)
  if (due <= now) return 'late'
  return siteDay(due) === siteDay(now) ? 'today' : 'later'
}

const dueOf = ({ due_at }: Work) =>
  due_at === null ? Number.POSITIVE_INFINITY : Date.parse(due_at)

/** Soonest first in each; a section without items is not shown. */
export function sections(items: Work[], now: number): { name: Section; items: Work[] }[] {
  const sorted = [...items].sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0))
  return SECTIONS.map((name) => ({
    name,
    items: sorted.filter((item) => sectionOf(item, now) === name),
  })).filter((section) => section.items.length > 0)
}
