/** Closes a window, but not by the second click of the double click that opened it, which lands on the mask. */
export const closing =
  (close: () => void) =>
  ({ detail }: { detail?: unknown }): void => {
    if (typeof detail !== 'number' || detail < 2) close()
  }
