/** The value of one pixel. */

import type { Kind } from './mark'
import { valuesIn } from './region'

const ARM = 6

export const probe: Kind = {
  places: 1,
  ends: false,
  strokes: ([at]) =>
    at
      ? [
          [
            [at[0] - ARM, at[1]],
            [at[0] + ARM, at[1]],
          ],
          [
            [at[0], at[1] - ARM],
            [at[0], at[1] + ARM],
          ],
        ]
      : [],
  measure: ([at], on) => {
    if (!at) return {}
    const { columns, rows } = on.frame.instance // a place on the outer edge is of the last pixel
    const column = Math.min(columns - 1, Math.round(at[0]))
    const row = Math.min(rows - 1, Math.round(at[1]))
    return { values: valuesIn(on, { from: [column, row], to: [column, row], holds: () => true }) }
  },
}
