/** Read values out of the DICOM JSON model (PS3.18 annex F). */

export type Element = {
  vr: string
  Value?: readonly unknown[]
  BulkDataURI?: string
  InlineBinary?: string
}
export type Dataset = { readonly [tag: string]: Element | undefined }

export type PersonName = { alphabetic: string; ideographic: string }

const values = (ds: Dataset, tag: string): readonly unknown[] => ds[tag]?.Value ?? []

export function text(ds: Dataset, tag: string): string {
  const first = values(ds, tag)[0]
  return typeof first === 'string' || typeof first === 'number' ? String(first).trim() : ''
}

export const texts = (ds: Dataset, tag: string): string[] =>
  values(ds, tag).map((v) =>
    typeof v === 'string' || typeof v === 'number' ? String(v).trim() : '',
  )

/** Numbers, also when a server sends DS and IS as strings; what is no number is left out. */
export const numbers = (ds: Dataset, tag: string): number[] =>
  values(ds, tag)
    .map((v) => (typeof v === 'number' || typeof v === 'string' ? Number(v) : Number.NaN))
    .filter((n) => Number.isFinite(n))

export const number = (ds: Dataset, tag: string): number | null => numbers(ds, tag)[0] ?? null

export function personName(ds: Dataset, tag: string): PersonName {
  const first = values(ds, tag)[0]
  if (typeof first === 'string') return { alphabetic: first.trim(), ideographic: '' }
  const groups = (first ?? {}) as { Alphabetic?: string; Ideographic?: string }
  return {
    alphabetic: (groups.Alphabetic ?? '').trim(),
    ideographic: (groups.Ideographic ?? '').trim(),
  }
}

const isDataset = (v: unknown): v is Dataset => typeof v === 'object' && v !== null

export const items = (ds: Dataset, tag: string): Dataset[] => values(ds, tag).filter(isDataset)

export const item = (ds: Dataset | undefined, tag: string): Dataset | undefined =>
  ds && items(ds, tag)[0]
