/** What an editor has and the server does not, field by field; compared with what the server has now. */
export type Fields = Readonly<Record<string, unknown>>

/** `after`: fields as typed. `before`: the server's values that were typed over. */
export type Text = { readonly before: Fields; readonly after: Fields }

/** `left`: what the server still does not have. `changed`: fields that were changed on the server since. */
export type Compared = { readonly left: Fields; readonly changed: readonly string[] }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two values are the same; the order of keys does not matter, and absent is null. */
export function same(a: unknown, b: unknown): boolean {
  if ((a ?? null) === (b ?? null)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, i) => same(each, b[i]))
  if (!isRecord(a) || !isRecord(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]))
}

/** The fields that differ; null if none do. */
export function differing(before: Fields, after: Fields): Text | null {
  const keys = Object.keys(after).filter((key) => !same(before[key], after[key]))
  if (keys.length === 0) return null
  const of = (fields: Fields) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]))
  return { before: of(before), after: of(after) }
}

export function compare({ before, after }: Text, server: Fields): Compared {
  const left = Object.entries(after).filter(([key, value]) => !same(server[key], value))
  const changed = left.map(([key]) => key).filter((key) => !same(server[key], before[key]))
  return { left: Object.fromEntries(left), changed }
}
