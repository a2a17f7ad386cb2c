/** What the server has taken is so on this page at once: its network may be gone before sheet and bed have been read
 *  again, and what was acknowledged must not look undone until it returns. A reading that is as new takes its place. */
import { serverNow } from '../../../api/clock'
import { queryClient, sessionQuery } from '../../../api/queries'
import { liveState, soon } from '../../../api/useLive'
import { aheadOf } from '../ahead'
import { roundQuery } from '../queries'
import type { Act, Answer, Waiting } from './act'
import { after, NOBODY } from './project'
import { type Bed, bedQuery, type Instruction, type Item, type Round } from './queries'

type Person = NonNullable<Instruction['owner']>

/** By the server's clock, whatever this device's shows. */
export const byServer = (occurred: string): number =>
  serverNow() - (Date.now() - Date.parse(occurred))

/** `by`: who did it; nobody where a badge did that this page cannot name. */
export function wasTaken(round: string, act: Waiting, answer: Answer, by = whoIsHere()): void {
  if (answer.outcome !== 'done' && answer.outcome !== 'wrong_wristband') return
  const at = byServer(act.occurred_at)
  queryClient.setQueryData(roundQuery(round).queryKey, (sheet) =>
    sheet && sheet.rev < answer.rev
      ? { ...sheetAfter(sheet, act, answer, at, by), rev: aheadOf(answer.rev) }
      : sheet,
  )
  if (answer.outcome !== 'done') return
  const bed = answer.item_id ?? act.item_id ?? ''
  queryClient.setQueryData(bedQuery(bed).queryKey, (before) =>
    before && before.rev < answer.rev
      ? { ...bedAfter(before, round, act, answer, at, by), rev: aheadOf(answer.rev) }
      : before,
  )
}

function whoIsHere(): Person | null {
  const actor = queryClient.getQueryData(sessionQuery().queryKey)?.actor
  return actor
    ? { id: actor.id, name: actor.name, name_en: actor.name_en, title: actor.title }
    : null
}

function sheetAfter(
  sheet: Round,
  act: Waiting,
  answer: Answer,
  at: number,
  by: Person | null,
): Round {
  if (act.kind !== 'identify') return after(sheet, act, () => at)
  const now = new Date(at).toISOString()
  const become = (item: Item): Item => {
    if (item.id !== act.item_id) return item
    // It is not known any more who lies there.
    if (answer.outcome === 'wrong_wristband') return { ...item, ...NOBODY, wrong_band_at: now }
    return item.identified_at ? item : identified(item, act, now, by, sheet.capacities)
  }
  return { ...sheet, items: sheet.items.map(become) }
}

/** A wristband does; said aloud, two tick it, of whom one is at the bed. */
function identified(
  item: Item,
  { how }: Act,
  now: string,
  by: Person | null,
  capacities: readonly string[],
): Item {
  const others = item.identified_by.filter(({ id }) => id !== by?.id)
  const here = capacities.includes('doctor') || capacities.includes('nurse')
  const band = how === 'wristband'
  const known = band || (others.length > 0 && here)
  return {
    ...{ ...item, identified: how ?? null },
    identified_by: [...(band ? [] : others), ...(by ? [by] : [])],
    ...(known && { identified_at: now, wrong_band_at: null }),
  }
}

function bedAfter(
  bed: Bed,
  round: string,
  act: Waiting,
  answer: Answer,
  at: number,
  by: Person | null,
): Bed {
  const now = new Date(at).toISOString()
  const { kind, text = '' } = act
  if (kind === 'read_back') {
    const instructions = bed.instructions.map((one) =>
      one.id === act.instruction_id ? readBack(one, text, now, by) : one,
    )
    return { ...bed, instructions }
  }
  if (kind === 'keep') {
    const before = bed.before.map((one) =>
      one.id === act.instruction_id ? { ...one, kept_at: now, kept_by: by } : one,
    )
    return { ...bed, before }
  }
  if ((kind === 'say' || kind === 'ask') && by && !bed.lines.some(({ id }) => id === act.id))
    return { ...bed, lines: [...bed.lines, { id: act.id, kind, text, by, at: now }] }
  if (kind === 'instruct' && !bed.instructions.some(({ id }) => id === answer.instruction_id))
    return {
      ...bed,
      before: bed.before.filter(({ id }) => id !== act.instruction_id),
      instructions: [
        ...bed.instructions.map((one) =>
          one.id === act.instruction_id ? replaced(one, answer, now, by) : one,
        ),
        ...given(bed, round, act, answer, now, by),
      ],
    }
  return bed
}

/** One that has ended already stays as it is. */
function replaced(one: Instruction, answer: Answer, at: string, by: Person | null): Instruction {
  if (one.state !== 'to_read_back' && one.state !== 'to_execute') return one
  const by_id = { replaced_by: answer.instruction_id, replaced_round_at: one.round_at }
  return { ...one, ...by_id, state: 'replaced', done_by: by, done_at: at, may: [] }
}

function readBack(one: Instruction, heard: string, at: string, by: Person | null): Instruction {
  if (one.state !== 'to_read_back') return one
  const read = { heard, read_back_by: by, read_back_at: at, owner: one.owner ?? by }
  return {
    ...one,
    ...read,
    state: 'to_execute',
    may: one.may.filter((each) => each !== 'read_back'),
  }
}

function given(
  bed: Bed,
  round: string,
  act: Waiting,
  answer: Answer,
  at: string,
  by: Person | null,
): Instruction[] {
  const { instruction_id: id } = answer
  if (!id || !act.instruction || !act.due_at) return []
  return [
    {
      ...{ id, version: 1, session_id: round, item_id: bed.item.id },
      ...{ n: bed.instructions.length + 1, kind: act.instruction, text: act.text ?? '' },
      ...{ state: 'to_read_back', due_at: act.due_at, given_by: by, given_at: at, round_at: at },
      owner: bed.owners.find(({ id }) => id === act.owner_id) ?? null,
      ...{ heard: '', read_back_by: null, read_back_at: null, order_number: '', ordered_at: null },
      ...{ ordered_by: '', words: '', done_by: null, done_at: null, may: [] },
      ...{ kept_at: null, kept_by: null, replaced_by: null, replaced_round_at: null },
    },
  ]
}

/** So long after its answer the hint of an act may come: it brings the bed along, and reading that here as well would
 *  keep the other screens waiting. */
const HINT_MS = 400

/** What the hint of an act brings or fetches, sheet and bed, is not fetched a second time for its answer. */
export async function broughtUpTo(
  round: string,
  answer: Answer | null,
  act: Waiting,
): Promise<void> {
  await underWay(round)
  if (!answer) return soon('run_sheet', round)
  wasTaken(round, act, answer) // what was under way may have been asked before it
  if (isHere(round, answer)) return
  await hinted(() => isHere(round, answer))
  await underWay(round)
  if (isHere(round, answer)) return
  if (!answer.item_id) return soon('run_sheet', round)
  await Promise.all([soon('sheet', round), soon('round_item', answer.item_id)])
}

async function underWay(round: string): Promise<void> {
  const coming = { type: 'active', fetchStatus: 'fetching' } as const
  await Promise.all(
    [roundQuery(round).queryKey, ['rounds', 'bed']].map((queryKey) =>
      queryClient.refetchQueries({ queryKey, ...coming }, { cancelRefetch: false }),
    ),
  )
}

function isHere(round: string, answer: Answer): boolean {
  const sheet = queryClient.getQueryData(roundQuery(round).queryKey)
  const bed = queryClient.getQueryData(bedQuery(answer.item_id ?? sheet?.current_id ?? '').queryKey)
  return !!sheet && sheet.rev >= answer.rev && (!bed || bed.rev >= answer.rev)
}

function hinted(here: () => boolean): Promise<void> {
  if (liveState() !== 'open') return Promise.resolve()
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      leave()
      done()
    }
    const timer = setTimeout(end, HINT_MS)
    const leave = queryClient.getQueryCache().subscribe(() => {
      if (here()) end()
    })
  })
}
