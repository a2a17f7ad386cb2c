/** Which fields of a request may hold text about the patient named before. Kept over a reload until somebody
 *  has checked them: the names of the fields, never what stands in them. */

export type LeftMemory = { get: () => readonly string[]; set: (fields: readonly string[]) => void }

export function leftOf(requestId: string): LeftMemory {
  const key = `left/${requestId}`
  return {
    get: () => window.localStorage.getItem(key)?.split(',') ?? [],
    set: (fields) =>
      fields.length > 0
        ? window.localStorage.setItem(key, fields.join(','))
        : window.localStorage.removeItem(key),
  }
}
