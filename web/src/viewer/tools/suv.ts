/**
 * The standardised uptake value by body weight (QIBA's vendor-neutral definition): activity over the injected dose,
 * decayed to the time the images are corrected to, per gram. It is computed only where every part of it is on file.
 */
import { type Dataset, item, number, text, texts } from '../dicom/json'

/** Why there is none. */
export const SUV_LACKS = ['units', 'corrections', 'weight', 'dose', 'time'] as const
export type SuvLack = (typeof SUV_LACKS)[number]

const DAY = 86_400

/** By what a value in Bq/ml is multiplied, or why it cannot be. */
export function suvFactor(ds: Dataset): number | SuvLack {
  if (text(ds, '00541001').toUpperCase() !== 'BQML') return 'units'
  const corrected = texts(ds, '00280051').map((one) => one.toUpperCase())
  const start = text(ds, '00541102').toUpperCase() === 'START'
  if (!corrected.includes('ATTN') || !corrected.includes('DECY') || !start) return 'corrections'
  const weight = number(ds, '00101030') // kg
  if (!weight || weight <= 0) return 'weight'
  const agents = ds['00540016']?.Value ?? []
  const agent = item(ds, '00540016')
  const dose = agent && number(agent, '00181074') // Bq
  const halfLife = agent && number(agent, '00181075') // seconds
  if (agents.length !== 1 || !agent || !dose || dose <= 0 || !halfLife || halfLife <= 0)
    return 'dose'
  const passed = secondsBetween(ds, agent)
  if (passed === null) return 'time'
  return (weight * 1000) / (dose * 2 ** (-passed / halfLife))
}

/**
 * From the injection to the series' time, which is what the images are corrected to, unless it was written anew by a
 * later processing: then it is after the image's own acquisition. Null where that cannot be known.
 */
function secondsBetween(ds: Dataset, agent: Dataset): number | null {
  const series = secondsOf(text(ds, '00080021'), text(ds, '00080031'))
  const acquired = secondsOf(text(ds, '00080022'), text(ds, '00080032'))
  if (series === null || acquired === null || series > acquired) return null
  const stamped = text(agent, '00181078')
  const injected = stamped
    ? stampedAt(stamped, text(ds, '00080201'))
    : secondsOf(text(ds, '00080021'), text(agent, '00181072')) // the same day, or it is refused
  if (injected === null || injected > series || series - injected > DAY) return null
  return series - injected
}

const TIME = /^(\d{2})(\d{2})(\d{2}(?:\.\d{1,6})?)$/

/** Of a date and a time as in the file, in its own zone. */
function secondsOf(date: string, time: string): number | null {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(date)
  const clock = TIME.exec(time)
  if (!day || !clock) return null
  const midnight = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) / 1000
  return midnight + Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
}

const STAMP = /^(\d{8})(\d{6}(?:\.\d{1,6})?)([+-]\d{4})?$/

/** A DT value in the zone of the file's dates; null if it names a zone and these do not. */
function stampedAt(stamp: string, zone: string): number | null {
  const parts = STAMP.exec(stamp)
  if (!parts) return null
  const [, date = '', time = '', own] = parts
  const local = secondsOf(date, time)
  if (!own || local === null) return local
  const [from, to] = [offsetOf(own), offsetOf(zone)]
  return from === null || to === null ? null : local - from + to
}

function offsetOf(zone: string): number | null {
  const parts = /^([+-])(\d{2})(\d{2})$/.exec(zone)
  if (!parts) return null
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3]) * 60)
}
