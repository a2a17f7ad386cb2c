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

export function keptOn(shelf: Shelf, round: string): Kept {
  const of = `round-acts/${round}`
  return {
    keep: (made) => shelf.keep(made.id, of, { before: {}, after: { made } }),
    drop: (id) => shelf.drop(id),
    all: async () =>
      (await shelf.find(of))
        .map(({ after }) => after.made as Made)
        .sort((a, b) => a.occurred_at.localeCompare(b.occurred_at)),
  }
}
