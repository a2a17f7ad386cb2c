/** What a viewer reads from: the lists of images, their frames, and the workers that decode them. */
import { Catalog } from './catalog'
import { firstLook } from './choice'
import { Pool } from './decode/pool'
import { Frames } from './frames'
import { sameStudy } from './opening'
import type { StudyRef } from './types'

/** Bytes of pictures that the viewports of a page keep together. */
const KEPT_BYTES = 384 * 1024 * 1024

/** The workers, one set for all viewports of a page while there is any. */
let workers: { pool: Pool; used: number } | null = null

function employ(): Pool {
  workers ??= { pool: new Pool(), used: 0 }
  workers.used++
  return workers.pool
}

function dismiss(): void {
  if (!workers || --workers.used > 0) return
  workers.pool.dispose()
  workers = null
}

export class Source {
  readonly catalog = new Catalog()
  readonly frames = new Frames(employ(), null, () => KEPT_BYTES / (workers?.used ?? 1))

  dispose(): void {
    this.frames.dispose()
    dismiss()
  }
}

/** How long data read in advance are kept; the study may change. */
const KEPT_MS = 30_000

type Ahead = { study: StudyRef; source: Source; timer: ReturnType<typeof setTimeout> }
let ahead: Ahead | null = null

/** The same where a page stays open that the study is opened from: it says when the study changes. */
export const KEPT_OPEN_MS = 600_000

/**
 * Reads the first image of a series before its page is open; the study's next viewer takes it over. A failure is
 * forgotten; that viewer reads again and reports it.
 */
export function readAhead(
  study: StudyRef,
  series: Promise<string | null>,
  keptMs: number = KEPT_MS,
): void {
  series.catch(() => undefined) // handles the rejection even if nobody waits
  if (ahead && sameStudy(ahead.study, study)) {
    keep(keptMs)
    return
  }
  forget()
  const source = new Source()
  ahead = { study, source, timer: setTimeout(forget, keptMs) }
  void firstFrame(source, study, series).catch(() => {
    if (ahead?.source === source) forget()
  })
}

/** The page from which a study would have been opened is left, or names none any more. */
export const forgetSoon = (): void => keep(KEPT_MS)

function keep(ms: number): void {
  if (!ahead) return
  clearTimeout(ahead.timer)
  ahead.timer = setTimeout(forget, ms)
}

function forget(): void {
  if (!ahead) return
  clearTimeout(ahead.timer)
  ahead.source.dispose()
  ahead = null
}

async function firstFrame(source: Source, study: StudyRef, asked: Promise<string | null>) {
  source.catalog.register([study])
  const series = await asked
  // If a viewer has taken it over, it loads by itself.
  if (!series || ahead?.source !== source) return
  const stack = await source.catalog.stack(study, series)
  if (ahead?.source !== source || stack.frames.length === 0) return
  source.frames.open(study, stack)
  source.frames.want(firstLook(stack).index)
}

/** What was read in advance of one of these studies; only the first caller gets it. */
export function takeAhead(studies: readonly StudyRef[]): Source | null {
  if (!ahead || !studies.some((study) => ahead && sameStudy(ahead.study, study))) return null
  const { source, timer } = ahead
  clearTimeout(timer)
  ahead = null
  return source
}
