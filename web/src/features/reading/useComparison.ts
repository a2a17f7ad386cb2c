/** What a reader or reviewer picks of an over-read, until it is sent with the report. */
import { useState } from 'react'
import { type Grade, type Picked, pickedOf, placeIn, sentWith, tickOf } from './comparing'
import type { Reading } from './queries'

export type Compared = ReturnType<typeof useComparison>

export function useComparison(reading: Reading) {
  const [mine, setMine] = useState<{ of: string; picked: Picked } | null>(null)
  const { branch_report } = reading
  // What was picked of an earlier version of the branch's report, or of another that was submitted, says nothing here.
  const of = `${branch_report}/${reading.state === 'written' ? reading.report?.version : ''}`
  const picked = mine?.of === of ? mine.picked : pickedOf(reading)
  const set = (next: Picked) => setMine({ of, picked: next })
  return {
    picked,
    /** Something was picked here that is not sent yet. */
    changed: mine?.of === of,
    outdated:
      picked === null &&
      (mine !== null ||
        (reading.over_read !== null && reading.over_read.branch_report !== branch_report)),
    pick: (grade: Grade) => set({ branch: [], hub: [], ...picked, grade }),
    tick: (side: 'branch' | 'hub', n: number, lines: readonly string[]) => {
      if (!picked) return
      const others = picked[side].filter((tick) => placeIn(lines, tick) !== n)
      const had = others.length < picked[side].length
      set({ ...picked, [side]: had ? others : [...others, tickOf(lines, n)] })
    },
    sent: (impression: string) => sentWith(picked, reading, impression),
  }
}
