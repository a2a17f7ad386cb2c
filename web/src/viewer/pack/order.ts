/** Which frames of a series to ask for next. */

/** The order in which the frames around one are fetched: nearest first, both ways. */
export function fetchOrder(count: number, shown: number): number[] {
  const order = [shown]
  for (let distance = 1; distance < count; distance++) {
    if (shown + distance < count) order.push(shown + distance)
    if (shown - distance >= 0) order.push(shown - distance)
  }
  return order
}

/** The missing frame nearest to the shown one, and behind it its missing neighbours away from that; empty: none. */
export function nextRun(
  count: number,
  shown: number,
  missing: (index: number) => boolean,
  longest: number,
): number[] {
  const lacks = (index: number) => index >= 0 && index < count && missing(index)
  for (let distance = 0; distance < count; distance++) {
    for (const step of [1, -1]) {
      const nearest = shown + distance * step
      if (!lacks(nearest)) continue
      const run = [nearest]
      // The shown one comes alone, because nothing should be before it on the way.
      while (distance > 0 && run.length < longest && lacks(nearest + run.length * step)) {
        run.push(nearest + run.length * step)
      }
      return run
    }
  }
  return []
}

/** How far the nearest frame of a run is from the shown one. */
export const distanceTo = (run: readonly number[], shown: number): number =>
  Math.min(...run.map((index) => Math.abs(index - shown)))
