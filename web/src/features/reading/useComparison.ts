/** What a reader or reviewer picks of an over-read, until it is sent with the report. */
import { useState } from 'react'
import { type Grade, type Picked, pickedOf, sentWith } from './comparing'
import type { Reading } from './queries'

export type Compared = ReturnType<typeof useComparison>

export function useComparison(reading: Reading) {
  const [mine, setMine] = useState<{ of: number; picked: Picked } | null>(null)
  const { branch_report } = reading
  // What was picked of an earlier version of the branch's report says nothing of this one.
  const picked = mine?.of === branch_report ? mine.picked : pickedOf(reading)
  const set = (next: Picked) => setMine({ of: branch_report, picked: next })
  return {
    picked,
    outdated:
      picked === null &&
      (mine !== null ||
        (reading.over_read !== null && reading.over_read.branch_report !== branch_report)),
    pick: (grade: Grade) => set({ branch: [], hub: [], ...picked, grade }),
    tick: (side: 'branch' | 'hub', n: number) => {
      if (!picked) return
      const had = picked[side]
      set({ ...picked, [side]: had.includes(n) ? had.filter((one) => one !== n) : [...had, n] })
    },
    sent: (impression: string) => sentWith(picked, reading, impression),
  }
}
