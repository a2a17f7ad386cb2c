/** Passed to the room's page to enter at once, for somebody who takes a stat consultation. */
export const STRAIGHT = { straight: true }

export const isStraight = (state: unknown): boolean =>
  (state as Partial<typeof STRAIGHT> | null)?.straight === true
