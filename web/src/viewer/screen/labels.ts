/** The texts in the corners of an image, made only from the frame that was painted. */
import { siteDay } from '../../zone'
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import { shownName, textReading } from '../dicom/identity'
import { type Dataset, number, personName, text } from '../dicom/json'
import { isAltered, type Presented } from '../presentation/apply'
import type { StudyRef, Voi } from '../types'
import { type Size, scaleOf, type View } from '../view/camera'
import { sliceDirection } from '../view/orientation'
import { ownVoi, sameVoi } from '../view/voi'
import type { Words } from '../words'

export type Tone = 'strong' | 'plain' | 'warn'
export type Line = { text: string; tone: Tone }
export type Labels = { who: Line[]; what: Line[]; how: Line[]; size: Line[] }

export type Painted = {
  study: StudyRef
  frame: Frame
  /** Place in the stack, from 0. */
  index: number
  count: number
  voi: Voi
  pixels: Pixels
  colour: boolean
  view: View
  inverted: boolean
  presented: Presented | null
  /** The name of the chosen presentation state; empty: none. */
  stateName: string
}

const READ = { repaired: 'plain', as_stored: 'warn' } as const
const DAY = 86_400_000
const OLD = 7
const plain = (t: string): Line => ({ text: t, tone: 'plain' })
const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join('  ')

/** DICOM dates and times are shown as stored, in the sending hospital's zone. */
export const dateOf = (da: string): string =>
  /^\d{8}$/.test(da) ? `${da.slice(0, 4)}-${da.slice(4, 6)}-${da.slice(6, 8)}` : da
export const timeOf = (tm: string): string =>
  /^\d{4,}/.test(tm)
    ? [tm.slice(0, 2), tm.slice(2, 4), tm.slice(4, 6)].filter((s) => s !== '').join(':')
    : ''

/** Whole days between a DICOM date and now, by the calendar. */
export function daysSince(da: string, now: Date): number | null {
  const m = /^(\d{4})(\d{2})(\d{2})$/.exec(da)
  if (!m) return null
  const then = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]))
  const today = Date.parse(siteDay(now.getTime()))
  return Math.round((today - then) / DAY)
}

export function ageOf(age: string, words: Words): string {
  const m = /^(\d{1,3})([DWMY])$/.exec(age)
  if (!m) return ''
  const n = Number(m[1])
  if (m[2] === 'Y') return words.years(n)
  if (m[2] === 'M') return words.months(n)
  return words.days(m[2] === 'W' ? n * 7 : n)
}

/** Patient's Age, or the years between birth and study. */
function ageIn(ds: Dataset, words: Words): string {
  const said = ageOf(text(ds, '00101010'), words)
  const born = text(ds, '00100030')
  const studied = text(ds, '00080020')
  if (said || !/^\d{8}$/.test(born) || !/^\d{8}$/.test(studied)) return said
  const years = Math.floor((Number(studied) - Number(born)) / 10000)
  return years >= 0 ? words.years(years) : ''
}

export function labelsOf(painted: Painted, size: Size, words: Words, now: Date): Labels {
  return {
    who: who(painted.frame.instance.ds, painted.study, words),
    what: what(painted, words, now),
    how: how(painted, words),
    size: measure(painted, size, words),
  }
}

export function who(ds: Dataset, study: StudyRef, words: Words): Line[] {
  const sex = text(ds, '00100040')
  const read = textReading(ds)
  const sexWord = sex === 'M' || sex === 'F' || sex === 'O' ? words.sex[sex] : ''
  return [
    { text: shownName(personName(ds, '00100010'), words.language) || '—', tone: 'strong' as const },
    ...(read ? [{ text: words.textReading[read], tone: READ[read] }] : []),
    plain(joined(sexWord, ageIn(ds, words))),
    plain(text(ds, '00100020')),
    plain(study.hospitalName ?? study.hospital),
  ].filter((line) => line.text !== '')
}

/** The day and time of a study or recording, whether it is a prior, and how old it is. */
export function when(date: string, time: string, study: StudyRef, words: Words, now: Date): Line[] {
  const at = joined(dateOf(date), timeOf(time))
  const days = daysSince(date, now)
  return [
    study.prior
      ? { text: `${words.prior} ${at}`, tone: 'warn' as const }
      : { text: at, tone: 'strong' as const },
    { text: days !== null && days > OLD ? words.daysAgo(days) : '', tone: 'warn' as const },
  ]
}

function what({ frame, study }: Painted, words: Words, now: Date): Line[] {
  const { ds } = frame.instance
  const side = frame.laterality
  const sideWord = side === 'R' || side === 'L' || side === 'B' ? words.side[side] : ''
  const direction = sliceDirection(frame)
  const part = text(ds, '00180015')
  const series = number(ds, '00200011')
  return [
    ...when(text(ds, '00080020'), text(ds, '00080030'), study, words, now),
    plain(
      joined(
        text(ds, '00081030'),
        part && sideWord ? `${part} (${sideWord})` : part || sideWord,
        direction && words.direction[direction],
      ),
    ),
    plain(
      joined(
        series === null ? '' : `Se${series}`,
        text(ds, '0008103E'),
        frame.thickness === null ? '' : words.thickness(String(Number(frame.thickness.toFixed(2)))),
      ),
    ),
  ].filter((line) => line.text !== '')
}

/** With which presentation state the picture is shown, and whether the reader has changed that; or that it is not. */
export function presentationWords(painted: Painted, words: Words): string {
  const { presented, stateName, frame, pixels, voi, view, inverted } = painted
  if (!presented) return stateName && words.notPresented(stateName)
  const altered = inverted || isAltered(presented, ownVoi(frame, pixels), voi, view)
  return words.presented(stateName, altered)
}

function how(painted: Painted, words: Words): Line[] {
  const { frame, index, count, voi, colour, study } = painted
  const { plane } = frame
  const direction = sliceDirection(frame)
  const axis = direction === 'axial' ? 2 : direction === 'coronal' ? 1 : 0
  const single = frame.instance.frames > 1 && !plane
  const { incomplete } = study
  return [
    { text: painted.pixels.byArchive ? words.byArchive : '', tone: 'warn' as const },
    { text: painted.pixels.hidden ? words.overlaysHidden : '', tone: 'warn' as const },
    { text: presentationWords(painted, words), tone: 'warn' as const },
    plain(colour ? '' : joined(windowWords(voi), nameOfWindow(frame, voi))),
    plain((single ? words.frame : words.slice)(index + 1, count)),
    {
      text: incomplete ? words.incomplete(incomplete.received, incomplete.expected) : '',
      tone: 'warn' as const,
    },
    plain(plane && direction ? words.position(signed(plane.origin[axis])) : ''),
  ].filter((line) => line.text !== '')
}

function measure(painted: Painted, size: Size, words: Words): Line[] {
  const { frame, view } = painted
  const { rows, columns, lossy } = frame.instance
  const magnified = scaleOf(frame, view, size) * frame.spacing.column
  return [
    { text: lossy ? words.lossy : '', tone: 'warn' as const },
    ...badgesOf(painted, words).map((badge) => ({ text: badge, tone: 'warn' as const })),
    plain(`${columns} × ${rows}`),
    plain(words.zoom(magnified.toFixed(2))),
  ].filter((line) => line.text !== '')
}

/** The badges of an inverted, flipped or rotated image; mirrored and turned by 180° is upside down. */
export function badgesOf(
  { inverted, view: { flipped, turns } }: Pick<Painted, 'inverted' | 'view'>,
  words: Words,
): string[] {
  const upsideDown = flipped && turns === 2
  return [
    ...(inverted ? [words.inverted] : []),
    ...(flipped ? [upsideDown ? words.flippedOver : words.flipped] : []),
    ...(turns && !upsideDown ? [words.turned(turns * 90)] : []),
  ]
}

/** What the file calls its window. */
const nameOfWindow = ({ windows, windowNames }: Frame, voi: Voi): string =>
  windowNames[windows.findIndex((one) => sameVoi(one, voi))] ?? ''

const windowWords = ({ center, width, lut }: Voi): string =>
  lut ? 'VOI LUT' : `WW ${shortNumber(width)}  WL ${shortNumber(center)}`

const shortNumber = (n: number): string =>
  (Math.abs(n) >= 10 || Number.isInteger(n) ? Math.round(n) : Number(n.toFixed(2)))
    .toString()
    .replace('-', '−')
const signed = (n: number): string => n.toFixed(1).replace('-', '−')
