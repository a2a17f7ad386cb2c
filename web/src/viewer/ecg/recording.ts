/**
 * An electrocardiogram (DICOM Waveform, PS3.3 C.10.9) as curves in millivolts. What cannot be read surely is refused by
 * name: a curve of a wrong height or speed looks like a finding.
 */
import { type Dataset, type Element, item, items, number, text } from '../dicom/json'

export const LEADS = [
  ...['I', 'II', 'III', 'aVR', 'aVL', 'aVF'],
  ...['V1', 'V2', 'V3', 'V4', 'V5', 'V6'],
] as const

export type Filters = { low: number | null; high: number | null; notch: number | null }

export type Curve = {
  /** One of `LEADS`, or as the device names it. */
  lead: string
  /** Millivolts; NaN where nothing was recorded. */
  values: Float32Array
  /** Seconds from the beginning of the recording to the first value. */
  skew: number
  filters: Filters
}

export type Recording = { rate: number; seconds: number; curves: readonly Curve[] }

/** One multiplex group of an instance; `data` holds its samples. */
export type Group = { label: string; derived: boolean; ds: Dataset; data: Element | null }

export type WhyNot = 'none' | 'encoding' | 'units' | 'uncalibrated' | 'short' | 'rate'

/** What was recorded comes first, the longest of it before; what was computed of it (a median beat) after. */
export function groupsOf(ds: Dataset): Group[] {
  return items(ds, '54000100')
    .map((group) => ({
      label: text(group, '003A0020'),
      derived: text(group, '003A0004') === 'DERIVED',
      ds: group,
      data: group['54001010'] ?? null,
    }))
    .sort((a, b) => Number(a.derived) - Number(b.derived) || secondsOf(b) - secondsOf(a))
}

const secondsOf = ({ ds }: Group): number =>
  (number(ds, '003A0010') ?? 0) / (number(ds, '003A001A') || Number.POSITIVE_INFINITY)

type Reader = { bytes: number; at: (view: DataView, offset: number) => number }

/** Of linear samples; those compressed by µ-law or A-law are none of an electrocardiogram's. */
const READERS: Readonly<Record<string, Reader>> = {
  SB: { bytes: 1, at: (view, offset) => view.getInt8(offset) },
  UB: { bytes: 1, at: (view, offset) => view.getUint8(offset) },
  SS: { bytes: 2, at: (view, offset) => view.getInt16(offset, true) },
  US: { bytes: 2, at: (view, offset) => view.getUint16(offset, true) },
  SL: { bytes: 4, at: (view, offset) => view.getInt32(offset, true) },
  UL: { bytes: 4, at: (view, offset) => view.getUint32(offset, true) },
}

/** Millivolts in one, by their UCUM code. */
const MILLIVOLTS: Readonly<Record<string, number>> = { nV: 1e-6, uV: 1e-3, mV: 1, V: 1e3 }

/** `bytes`: the group's samples, little endian, as the archive gives them. */
export function recordingOf({ ds }: Group, bytes: Uint8Array): Recording | { refused: WhyNot } {
  const reader = READERS[text(ds, '54001006')]
  const [rate, samples] = [number(ds, '003A001A'), number(ds, '003A0010')]
  const channels = items(ds, '003A0200')
  if (!reader || number(ds, '54001004') !== 8 * reader.bytes) return { refused: 'encoding' }
  if (!rate || rate <= 0 || !samples || samples <= 0) return { refused: 'rate' }
  if (channels.length === 0 || channels.length !== number(ds, '003A0005'))
    return { refused: 'none' }
  const across = channels.length * reader.bytes
  if (bytes.byteLength < samples * across) return { refused: 'short' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const padding = paddingOf(ds, reader)
  const curves: Curve[] = []
  for (const [nth, channel] of channels.entries()) {
    const scale = scaleOf(channel)
    if ('refused' in scale) return scale
    const values = new Float32Array(samples)
    for (let i = 0; i < samples; i++) {
      const raw = reader.at(view, i * across + nth * reader.bytes)
      values[i] = raw === padding ? Number.NaN : raw * scale.slope + scale.offset
    }
    curves.push({ lead: leadOf(channel), values, ...scale.rest, skew: skewOf(channel, rate) })
  }
  return { rate, seconds: samples / rate, curves }
}

function paddingOf(ds: Dataset, reader: Reader): number | null {
  const said = ds['5400100A']?.InlineBinary
  const bytes = said === undefined ? null : Uint8Array.from(atob(said), (c) => c.charCodeAt(0))
  return bytes && bytes.byteLength >= reader.bytes ? reader.at(new DataView(bytes.buffer), 0) : null
}

type Scale = { slope: number; offset: number; rest: { filters: Filters } }

/** Sensitivity times its correction, and the baseline in the same unit (PS3.3 C.10.9.1.4.2). */
function scaleOf(channel: Dataset): Scale | { refused: WhyNot } {
  const sensitivity = number(channel, '003A0210')
  if (!sensitivity) return { refused: 'uncalibrated' }
  const unit = item(channel, '003A0211')
  const millivolts = unit && MILLIVOLTS[text(unit, '00080100')]
  if (!millivolts) return { refused: 'units' }
  return {
    slope: sensitivity * (number(channel, '003A0212') ?? 1) * millivolts,
    offset: (number(channel, '003A0213') ?? 0) * millivolts,
    rest: {
      filters: {
        low: number(channel, '003A0220'),
        high: number(channel, '003A0221'),
        notch: number(channel, '003A0222'),
      },
    },
  }
}

const skewOf = (channel: Dataset, rate: number): number =>
  number(channel, '003A0214') ?? (number(channel, '003A0215') ?? 0) / rate

/** Of SCP-ECG (5.6.3-9-n) and of ISO/IEEE 11073 (2:n), which number the leads alike. */
const CODES: Readonly<Record<string, (typeof LEADS)[number]>> = {
  ...{ 1: 'I', 2: 'II', 61: 'III', 62: 'aVR', 63: 'aVL', 64: 'aVF' },
  ...{ 3: 'V1', 4: 'V2', 5: 'V3', 6: 'V4', 7: 'V5', 8: 'V6' },
}
const CODE = /^(?:5\.6\.3-9-|2:)(\d+)$/

function leadOf(channel: Dataset): string {
  const source = item(channel, '003A0208')
  const nth = source && CODE.exec(text(source, '00080100'))?.[1]
  const meaning = source ? text(source, '00080104') : ''
  const bare = meaning.replace(/^lead\s+/i, '').replace(/\s*\(.*\)$/, '')
  const named = LEADS.find((lead) => lead.toLowerCase() === bare.toLowerCase())
  return (nth && CODES[nth]) || named || bare || text(channel, '003A0203')
}

export const missingLeads = ({ curves }: Recording): string[] =>
  LEADS.filter((lead) => !curves.some((curve) => curve.lead === lead))

/** What the device says of the whole recording: sentences, and intervals with their unit. Nobody has reviewed it. */
export function saidBy(ds: Dataset): string[] {
  const said = items(ds, '0040B020')
  const sentences = said.map((one) => text(one, '00700006'))
  const values = said.flatMap((one) => {
    const [concept, unit] = [item(one, '0040A043'), item(one, '004008EA')]
    const [value, name] = [text(one, '0040A30A'), concept ? text(concept, '00080104') : '']
    const whole = /^(RR|PR|PQ|QRS|QT|QTc|P|T)\b.*(interval|duration|axis)|rate$/i.test(name)
    const known = value !== '' && Number(value) !== 0
    return whole && known ? [`${name} ${value} ${unit ? text(unit, '00080100') : ''}`.trim()] : []
  })
  return [...new Set([...sentences, ...values])].filter((line) => line !== '')
}
