/** Handed to the room's page by whoever may not be kept: a stat consultation's taker is in at once. */
export const STRAIGHT = { straight: true }

export const isStraight = (state: unknown): boolean =>
  (state as Partial<typeof STRAIGHT> | null)?.straight === true
