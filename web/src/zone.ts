/** Converts between instants and the site's clock, whatever the browser's time zone. The site is the reader's hospital. */

let site = 'Asia/Shanghai' // until the session is known

export const siteZone = (): string => site

type Session = {
  actor: { hospital_id: string } | null
  hospitals: { id: string; time_zone: string }[]
}

/** Sets the site to the reader's hospital. */
export function followSite({ actor, hospitals }: Session): void {
  site = hospitals.find(({ id }) => id === actor?.hospital_id)?.time_zone ?? site
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The date and time shown in a zone, as if they were UTC, in milliseconds. */
export function wall(ms: number, zone: string = site): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    formats.set(zone, format)
  }
  return Date.parse(`${format.format(ms).replace(' ', 'T')}Z`)
}

/** The instant at which the zone's clock shows `shown`. */
export function instantOf(shown: number, zone: string = site): number {
  const guess = shown - (wall(shown, zone) - shown)
  return guess - (wall(guess, zone) - shown)
}

/** The site's day of an instant: `2026-11-25`. */
export const siteDay = (ms: number): string => new Date(wall(ms)).toISOString().slice(0, 10)

/** The instant of an hour on a day at the site. */
export const siteHour = (day: string, hour: number): number =>
  instantOf(Date.parse(`${day}T00:00:00Z`) + hour * 60 * 60_000)

/** A moment in the form of an input of type datetime-local: `2026-03-02T09:30`. */
export const toField = (iso: string | null): string =>
  iso ? new Date(wall(Date.parse(iso))).toISOString().slice(0, 16) : ''

export function fromField(value: string): string | null {
  const shown = value ? Date.parse(`${value}:00Z`) : Number.NaN
  return Number.isNaN(shown) ? null : new Date(instantOf(shown)).toISOString()
}
