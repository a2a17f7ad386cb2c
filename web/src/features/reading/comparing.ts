/** How an over-read stands to the branch's report, by the rules of telemed/reading/comparing.py. */
import type { Schemas } from '../../api/client'
import type { Reading } from './queries'
import { normal } from './slots'

export type Comparison = Schemas['ComparisonIn']
export type Grade = Comparison['grade']
export const GRADES = ['agreement', 'minor', 'additional', 'major'] as const
/** What is picked here: the lines by where they stand, so that a line that is written anew stays ticked. */
export type Picked = { grade: Grade; branch: readonly number[]; hub: readonly number[] }

/** The lines of a diagnosis as it will be submitted: what a discrepancy is about. */
export const linesOf = (impression: string): string[] =>
  normal(impression)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)

/** What was picked before; null where nothing was, or where the branch has changed its report since. */
export function pickedOf({ over_read, branch_report, branch_reports, report }: Reading) {
  if (!over_read || over_read.branch_report !== branch_report) return null
  const at = (lines: string[], ticked: string[] | undefined) =>
    (ticked ?? []).map((line) => lines.indexOf(line)).filter((n) => n >= 0)
  return {
    grade: over_read.grade,
    branch: at(branch_reports[0]?.lines ?? [], over_read.branch_lines),
    hub: at(linesOf(report?.impression ?? ''), over_read.hub_lines),
  }
}

/** As it is sent with a report of this diagnosis. */
export function sentWith(
  picked: Picked | null,
  { branch_report, branch_reports }: Reading,
  impression: string,
): Comparison | null {
  if (!picked) return null
  const differs = picked.grade !== 'agreement'
  const some = (lines: string[], ticked: readonly number[]) =>
    differs ? [...new Set(lines.filter((_, n) => ticked.includes(n)))] : []
  return {
    ...{ grade: picked.grade, branch_report },
    branch_lines: some(branch_reports[0]?.lines ?? [], picked.branch),
    hub_lines: some(linesOf(impression), picked.hub),
  }
}
