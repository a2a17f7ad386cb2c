/** What a roster's saving did to its shifts. */
export type Shift = {
  staff_id: string
  starts: string
  ends: string
  place: number
  note?: string
}
export type Moved = { how: 'changed' | 'added' | 'removed'; was?: Shift; is?: Shift }

const isShift = (of: unknown): of is Shift =>
  typeof of === 'object' && of !== null && 'staff_id' in of && 'starts' in of && 'ends' in of

const shiftsOf = (of: unknown): Shift[] => (Array.isArray(of) ? of.filter(isShift) : [])

/** In the order of time. Whoever stands in another's time and place has taken it: that is one change, not two. */
export function moved(before: unknown, after: unknown): Moved[] {
  const added = shiftsOf(after)
  const all: Moved[] = shiftsOf(before).map((was) => {
    const at = added.findIndex(({ starts, place }) => starts === was.starts && place === was.place)
    const [is] = at < 0 ? [] : added.splice(at, 1)
    return is ? { how: 'changed', was, is } : { how: 'removed', was }
  })
  all.push(...added.map((is): Moved => ({ how: 'added', is })))
  const begins = ({ was, is }: Moved) => Date.parse((is ?? was)?.starts ?? '')
  return all.sort((a, b) => begins(a) - begins(b))
}
