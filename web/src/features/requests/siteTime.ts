/** A moment as the browser's own field for it writes one: `2026-03-02T09:30`, by the site's clock. */
const ZONE = '+08:00'
const SITE_MS = 8 * 60 * 60_000

export const toField = (iso: string | null): string =>
  iso ? new Date(Date.parse(iso) + SITE_MS).toISOString().slice(0, 16) : ''

export function fromField(value: string): string | null {
  const ms = Date.parse(`${value}:00${ZONE}`)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
