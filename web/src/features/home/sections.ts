/** Which items are late, due today, or later; and which belong to a filter. Pure. */
import { siteDay } from '../../zone'
import type { Work, WorkKind } from './view'

export const GROUPS = ['all', 'approve', 'arrange', 'sign', 'images', 'advice'] as const
export type Group = (typeof GROUPS)[number]
export const SECTIONS = ['late', 'today', 'later'] as const
export type Section = (typeof SECTIONS)[number]

const GROUP_OF: Record<WorkKind, Group> = {
  complete: 'approve',
  consent: 'approve',
  endorse: 'approve',
  review: 'approve',
  accept: 'arrange',
  name_lead: 'arrange',
  book: 'arrange',
  invite: 'arrange',
  upload: 'images',
  identity: 'images',
  declare: 'images',
  write: 'sign',
  sign: 'sign',
  co_sign: 'sign',
  reassess: 'advice',
  acknowledge: 'advice',
  execute: 'advice',
  close: 'advice',
}

export const inGroup = (group: Group, items: Work[]): Work[] =>
  group === 'all' ? items : items.filter(({ kind }) => GROUP_OF[kind] === group)

export const asGroup = (value: string | null): Group =>
  GROUPS.find((group) => group === value) ?? 'all'

/** What has no deadline waits for another day. */
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

/** A person with two roles is asked once for the same thing. */
export function once(items: Work[]): Work[] {
  const seen = new Set<string>()
  return items.filter(({ kind, about_id }) => {
    const key = `${kind} ${about_id}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
