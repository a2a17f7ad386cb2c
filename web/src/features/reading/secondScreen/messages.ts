/** What a reading's page and the window of its images say to each other. Neither hears anybody else: see `listen`. */
import type { Language } from '../../../i18n'
import type { Cited, KeyImage } from '../../../viewer/types'

/** From the page. */
export type FromPage =
  /** Which reading is open; null: none, so that no image is shown. */
  | { t: 'show'; actor: string; reading: string | null; language: Language }
  | { t: 'kept'; id: string; ok: boolean }

/** From the window; but for the first, about the reading whose images it shows. */
export type FromWindow =
  /** Said again and again; `waits`: it does not know which reading is open. */
  | { t: 'hello'; waits: boolean }
  | { t: 'shows'; actor: string; reading: string; sharp: boolean }
  | { t: 'cite'; actor: string; reading: string; d: Cited }
  | { t: 'keyImage'; actor: string; reading: string; id: string; d: KeyImage }

type Fields = Record<string, unknown>

const text = (value: unknown): value is string => typeof value === 'string'
const number = (value: unknown): value is number => Number.isFinite(value)
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value)
const has = (value: unknown, fields: Record<string, (value: unknown) => boolean>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(fields).every(([name, is]) => is((value as Fields)[name]))

const CITED = { text, seriesNumber: orNull(number), position: number, prior: orNull(text) }
const KEY_IMAGE = {
  ...{ hospital: text, studyUid: text, seriesUid: text, sopUid: text, sopClassUid: text },
  ...{ frame: number, position: number, count: number, seriesNumber: orNull(number) },
  ...{ laterality: orNull(text), takenAt: text, bodyPart: text },
  voi: (voi: unknown) => has(voi, { center: number, width: number }),
  jpeg: (jpeg: unknown) => jpeg instanceof Blob,
}
const truth = (value: unknown) => typeof value === 'boolean'
const OF = { actor: text, reading: text }
const SHAPES: Record<(FromPage | FromWindow)['t'], Record<string, (value: unknown) => boolean>> = {
  show: { actor: text, reading: orNull(text), language: (it) => it === 'en' || it === 'zh-CN' },
  kept: { id: text, ok: truth },
  hello: { waits: truth },
  shows: { ...OF, sharp: truth },
  cite: { ...OF, d: (cited) => has(cited, CITED) },
  keyImage: { ...OF, id: text, d: (image) => has(image, KEY_IMAGE) },
}
const FROM_PAGE: readonly string[] = ['show', 'kept']

function messageOf(data: unknown): FromPage | FromWindow | null {
  const named = (data as { t?: unknown } | null)?.t
  if (!text(named) || !Object.hasOwn(SHAPES, named)) return null
  const shape = SHAPES[named as keyof typeof SHAPES]
  return has(data, shape) ? (data as FromPage | FromWindow) : null
}

export const fromPage = (data: unknown): FromPage | null => {
  const found = messageOf(data)
  return found && FROM_PAGE.includes(found.t) ? (found as FromPage) : null
}
export const fromWindow = (data: unknown): FromWindow | null => {
  const found = messageOf(data)
  return found && !FROM_PAGE.includes(found.t) ? (found as FromWindow) : null
}

/**
 * Two windows that know each other, one having opened the other: a second tab with the same reading hears nothing,
 * as it would of a channel, and cites nothing twice. Only pages of this site are spoken to and heard.
 */
export const say = (to: Window | null, message: FromPage | FromWindow): void =>
  to?.postMessage(message, window.location.origin)

/** Returns how to stop listening. */
export function listen(heard: (data: unknown, from: Window) => void): () => void {
  const onMessage = ({ data, origin, source }: MessageEvent<unknown>) => {
    if (origin === window.location.origin && source) heard(data, source as Window)
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}

const LEFT = 'page-left'

/** The page is being left or loaded anew. No message: of one that is gone the browser does not say whose it was. */
export function sayLeft(to: Window | null): void {
  if (to && !to.closed) to.dispatchEvent(new Event(LEFT))
}

/** Returns how to stop listening. */
export function onLeft(heard: () => void): () => void {
  window.addEventListener(LEFT, heard)
  return () => window.removeEventListener(LEFT, heard)
}
