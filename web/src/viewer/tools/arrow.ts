/** An arrow from where its text stands to what is meant. */
import type { Kind } from './mark'

const HEAD = 11
const SPREAD = 0.45

export const arrow: Kind = {
  places: 2,
  ends: false,
  strokes: (at) => {
    const [from, to] = at
    if (!from || !to) return [at]
    const back = Math.atan2(from[1] - to[1], from[0] - to[0])
    const wing = (turn: number) =>
      [to[0] + HEAD * Math.cos(back + turn), to[1] + HEAD * Math.sin(back + turn)] as const
    return [at, [wing(SPREAD), to, wing(-SPREAD)]]
  },
  measure: () => ({}),
}
