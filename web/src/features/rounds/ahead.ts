/** A sheet or bed to which the page itself has added what the server has taken, before it has read it again. */
import { replaceEqualDeep } from '@tanstack/react-query'

type Read = { rev: number }

/** Its revision: newer than any reading from before the act, older than every one with it. */
export const aheadOf = (rev: number): number => rev - 0.5

const isAhead = ({ rev }: Read): boolean => !Number.isInteger(rev)

/** For `structuralSharing`: a reading that was under way when the act was taken does not take it back. */
export function notBack(before: unknown, read: unknown): unknown {
  const [known, fresh] = [before as Read | undefined, read as Read]
  return known && isAhead(known) && fresh.rev < known.rev ? known : replaceEqualDeep(before, read)
}
