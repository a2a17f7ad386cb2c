/** What was done and is not answered, sealed on this computer: a page that is loaded anew sends it. Only who did it can
 *  open it (kit/unsent). */
import type { Shelf } from '../../../kit/unsent/shelf'
import type { Made } from './act'

export interface Kept {
  keep: (made: Made) => Promise<unknown>
  drop: (id: string) => Promise<unknown>
  /** In the order in which they were done. */
  all: () => Promise<readonly Made[]>
}

/** Of all rounds together, so that whatever page comes next finds them (Left). */
const ACTS = 'round-acts'
/** A tablet whose battery was empty may be taken up again by the same person only at the next week's round. */
const DAYS = 14

export function keptOn(shelf: Shelf, round: string): Kept {
  return {
    keep: (made) => shelf.keep(made.id, ACTS, { before: {}, after: { made, round } }, DAYS),
    drop: (id) => shelf.drop(id),
    all: async () =>
      (await shelf.find(ACTS))
        .filter(({ after }) => after.round === round)
        .map(({ after }) => after.made as Made)
        .sort((a, b) => a.occurred_at.localeCompare(b.occurred_at)),
  }
}

/** The rounds of which something lies here. */
export const roundsLeft = async (shelf: Shelf): Promise<readonly string[]> => [
  ...new Set((await shelf.find(ACTS)).map(({ after }) => after.round as string)),
]
