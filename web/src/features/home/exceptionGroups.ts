/** What is wrong, in a word: the groups by which 今日异常 is looked through. */
import type { Schemas } from '../../api/client'

type Late = Schemas['ExceptionOut']

export const GROUPS = [
  'late',
  'climbed',
  'unready',
  'absent',
  'interrupted',
  'undelivered',
] as const
export type Group = (typeof GROUPS)[number]

const ABSENT: ReadonlySet<string> = new Set(['meeting', 'one_sided', 'bedside', 'missed'])

/** Each row is of one group, so that the numbers add up. */
export function groupOf({ late, ladder, climbed }: Late): Group {
  if (!late) return 'undelivered'
  if (ladder === 'readiness') return 'unready'
  if (ladder === 'resumption') return 'interrupted'
  if (ABSENT.has(ladder)) return 'absent'
  return climbed > 0 ? 'climbed' : 'late'
}

/** How many rows there are of each group that has any. */
export function counted(rows: readonly Late[]): { group: Group; count: number }[] {
  const of = rows.map(groupOf)
  return GROUPS.map((group) => ({
    group,
    count: of.filter((each) => each === group).length,
  })).filter(({ count }) => count > 0)
}
