/** How an over-read stands to the branch's report, by the rules of telemed/reading/comparing.py. */
import type { Schemas } from '../../api/client'
import type { Reading } from './queries'
import { normal } from './slots'

export type Comparison = Schemas['ComparisonIn']
export type Grade = Comparison['grade']
export const GRADES = ['agreement', 'minor', 'additional', 'major'] as const
/** A line that is ticked: what it said, and where it stood of how many. */
export type Tick = { line: string; at: number; of: number }
export type Picked = { grade: Grade; branch: readonly Tick[]; hub: readonly Tick[] }

export const tickOf = (lines: readonly string[], at: number): Tick => ({
  ...{ line: lines[at] ?? '', at, of: lines.length },
})

/**
 * Where it stands now. A line that others are written around is found by what it says, one that is itself written anew
 * by its place; -1: it is gone.
 */
export function placeIn(lines: readonly string[], { line, at, of }: Tick): number {
  const said = lines.indexOf(line)
  return said < 0 && lines.length === of ? at : said
}

export const placesIn = (lines: readonly string[], ticks: readonly Tick[]): number[] =>
  ticks.map((tick) => placeIn(lines, tick)).filter((at) => at >= 0)

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
    (ticked ?? [])
      .map((line) => lines.indexOf(line))
      .filter((n) => n >= 0)
      .map((n) => tickOf(lines, n))
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
  const some = (lines: string[], ticked: readonly Tick[]) => {
    const places = placesIn(lines, ticked)
    return differs ? [...new Set(lines.filter((_, n) => places.includes(n)))] : []
  }
  return {
    ...{ grade: picked.grade, branch_report },
    branch_lines: some(branch_reports[0]?.lines ?? [], picked.branch),
    hub_lines: some(linesOf(impression), picked.hub),
  }
}
