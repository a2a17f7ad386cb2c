/** Ladders as the page handles them: which one holds, whom a rung tells, what is changed while it is edited. Pure. */
import type { Schemas } from '../../api/client'

export type Ladders = Schemas['LadderList']
export type Shape = Schemas['ShapeOut']
export type Owner = Schemas['OwnerOut']
export type Scope = Schemas['ScopeOut']
export type RungSet = Schemas['RungSetOut']
export type Rung = Schemas['RungIO']
export type Urgency = Schemas['Urgency']

/** By what people are told beside the pages. */
export const CHANNELS = ['mail', 'robot'] as const

/** Whose ladder is looked at. */
export type Chosen = { owner: Owner; urgency: Urgency | null; ladder: Shape['ladder'] }

/** A rung while it is edited; the key is its own for as long as the page lives. */
export type Row = Rung & { key: number }

/** How long something of this kind may last, in minutes, if its ladder may say so; the API refuses more. */
export const LONGEST = { elapsed: 527_040, working: 43_200 }

/** Of the default times only those for the urgency that is looked at. */
export function narrowed(shape: Shape, urgency: Urgency | null): Shape {
  const found = Object.entries(shape.within ?? {}).filter(
    ([of]) => urgency === null || of === urgency,
  )
  return { ...shape, within: found.length > 0 ? Object.fromEntries(found) : null }
}

/** Whether it says anything of this urgency: how long is said by urgency, and of other work only of any. */
export const concerns = ({ within }: Shape, urgency: Urgency | null): boolean =>
  urgency === null || within === null || urgency in within

export const ownerKey = ({
  hospital_id,
  agreement_id,
}: Pick<Owner, 'hospital_id' | 'agreement_id'>) => agreement_id ?? hospital_id

const isOf = (scope: Scope, { owner, urgency, ladder }: Chosen) =>
  scope.ladder === ladder && scope.urgency === urgency && ownerKey(scope) === ownerKey(owner)

export const scopeOf = (all: Ladders, chosen: Chosen): Scope | undefined =>
  all.scopes.find((scope) => isOf(scope, chosen))

export const holds = (set: RungSet, now: number): boolean =>
  Date.parse(set.valid_from) <= now && (set.until === null || now < Date.parse(set.until))

export const isPlanned = (set: RungSet, now: number): boolean => now < Date.parse(set.valid_from)

/** What holds for what is chosen: its own, or that of the next more general one, in the order of the engine. */
export function holding(
  all: Ladders,
  chosen: Chosen,
  now: number,
): { from: Chosen; set: RungSet } | undefined {
  const { owner, urgency } = chosen
  const branch = all.owners.find(
    ({ hospital_id, agreement_id }) => agreement_id === null && hospital_id === owner.branch_id,
  )
  const everybody = all.owners.find((one) => ownerKey(one) === '')
  const owners = [owner, owner.agreement_id ? branch : undefined, everybody].filter(
    (one): one is Owner => one !== undefined,
  )
  for (const one of new Map(owners.map((each) => [ownerKey(each), each])).values()) {
    const theirs = [...new Set([urgency, null])].flatMap((each) => {
      const from = { ...chosen, owner: one, urgency: each }
      const set = scopeOf(all, from)?.sets.find((candidate) => holds(candidate, now))
      return set ? [{ from, set }] : []
    })
    // What somebody has saved comes before the product's own.
    const found = theirs.find(({ set }) => set.saved_at !== null) ?? theirs[0]
    if (found) return found
  }
  return undefined
}

/** Whom a rung tells, as one word for a list of choices. */
export const whoOf = ({ to, role, at_hub, place }: Rung): string =>
  to === 'role'
    ? `role:${at_hub ? 'hub' : 'branch'}:${role}`
    : to === 'on_duty'
      ? `on_duty:${place}`
      : to

const PLACES = 5

export const whoChoices = (shape: Shape): string[] => [
  ...shape.to
    .filter((to) => to !== 'role')
    .flatMap((to) =>
      to === 'on_duty' ? Array.from({ length: PLACES }, (_, place) => `on_duty:${place}`) : [to],
    ),
  ...shape.at_branch.map((role) => `role:branch:${role}`),
  ...shape.at_hub.map((role) => `role:hub:${role}`),
]

/** The columns of a rung that tells them. */
export function tells(who: string): Pick<Rung, 'to' | 'role' | 'at_hub' | 'place'> {
  const [to, where, role = ''] = who.split(':')
  if (to === 'role') return { to, role, at_hub: where === 'hub', place: 0 }
  if (to === 'on_duty') return { to, role: '', at_hub: true, place: Number(where) }
  return { to: to === 'owners' ? 'owners' : 'asked', role: '', at_hub: false, place: 0 }
}

export const rowsOf = (rungs: readonly Rung[]): Row[] =>
  rungs.map((rung, key) => ({ ...rung, key }))
export const rungsOf = (rows: readonly Row[]): Rung[] => rows.map(({ key: _, ...rung }) => rung)

/** Reminders stand in the order in which they come: the farthest first. */
export function inOrder(rows: readonly Row[]): Row[] {
  const before = rows.filter(({ when }) => when === 'before')
  return [
    ...before.sort((a, b) => b.minutes - a.minutes),
    ...rows.filter(({ when }) => when === 'due'),
    ...rows.filter(({ when }) => when === 'after'),
  ]
}

/** Adds a reminder or a further level, to the first whom the ladder may tell. */
export function added(rows: readonly Row[], when: 'before' | 'after', shape: Shape): Row[] {
  const last = rows.at(-1)
  const who = when === 'after' && last ? whoOf(last) : (whoChoices(shape)[0] ?? '')
  const key = Math.max(-1, ...rows.map((row) => row.key)) + 1
  const minutes = shape.until_taken ? 1 : when === 'before' ? 60 : 10
  const row: Row = {
    key,
    when,
    minutes,
    counted: 'elapsed',
    again: false,
    ...tells(who),
    channels: [...CHANNELS],
  }
  return inOrder([...rows, row])
}

/** Moves a level up or down among those after the deadline. */
export function moved(rows: readonly Row[], at: number, by: -1 | 1): Row[] {
  const [one, other] = [rows[at], rows[at + by]]
  if (!one || !other || one.when !== 'after' || other.when !== 'after') return [...rows]
  return rows.map((row, n) => (n === at ? other : n === at + by ? one : row))
}

export const canMove = (rows: readonly Row[], at: number, by: -1 | 1): boolean =>
  rows[at]?.when === 'after' && rows[at + by]?.when === 'after'

/** From the end back to this one; one at most. */
export const repeated = (rows: readonly Row[], key: number, again: boolean): Row[] =>
  rows.map((row) => ({ ...row, again: row.key === key && again }))

const same = (a: Rung, b: Rung) =>
  a.when === b.when &&
  a.minutes === b.minutes &&
  whoOf(a) === whoOf(b) &&
  a.counted === b.counted &&
  [...(a.channels ?? [])].sort().join() === [...(b.channels ?? [])].sort().join() &&
  a.again === b.again

export const differs = (rows: readonly Row[], set: RungSet | undefined): boolean =>
  rows.length !== (set?.rungs.length ?? 0) ||
  rows.some((row, n) => {
    const other = set?.rungs[n]
    return !other || !same(row, other)
  })
