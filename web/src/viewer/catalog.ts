/** The studies that this window may show, and their series as far as they were read. */
import { loadStack } from './dicom/archive'
import type { Stack } from './dicom/stack'
import { openStudy, takeStack } from './opening'
import type { StudyRef } from './types'

export const studyKey = (hospital: string, study: string): string => `${hospital}/${study}`
export const stackKey = (stack: Pick<Stack, 'hospital' | 'study' | 'series'>): string =>
  `${studyKey(stack.hospital, stack.study)}/${stack.series}`

/** A list read less than this ago is not read again, because a presenter may show twenty missing places a second. */
const FRESH_MS = 2_000

/** With the series' first picture, where the archive gives it. */
async function listOf(study: StudyRef, series: string): Promise<Stack> {
  const opened = !study.imaging
    ? null
    : (takeStack(study, series) ?? (await openStudy(study, { series }, null)).stack)
  return opened ?? loadStack(study, series, null)
}

type Reading = { since: number; stack: Promise<Stack> }

export class Catalog {
  private readonly studies = new Map<string, StudyRef>()
  private readonly lists = new Map<string, Reading>()

  /** Sets the studies; forgets the lists of those whose number of images has changed. */
  register(studies: readonly StudyRef[]): void {
    const before = new Map(this.studies)
    this.studies.clear()
    for (const study of studies) {
      const key = studyKey(study.hospital, study.uid)
      this.studies.set(key, study)
      if (before.get(key)?.received !== study.received) this.forget(`${key}/`)
    }
  }

  study(hospital: string, uid: string): StudyRef | null {
    return this.studies.get(studyKey(hospital, uid)) ?? null
  }

  /** The images of a series; read again if the wanted one is missing, because more may have arrived. */
  async stack(
    study: StudyRef,
    series: string,
    has: (stack: Stack) => boolean = () => true,
  ): Promise<Stack> {
    const key = stackKey({ hospital: study.hospital, study: study.uid, series })
    const first = this.read(key, study, series)
    const stack = await first.stack
    if (has(stack) || Date.now() - first.since < FRESH_MS) return stack
    if (this.lists.get(key) === first) this.lists.delete(key)
    return this.read(key, study, series).stack
  }

  private read(key: string, study: StudyRef, series: string): Reading {
    const known = this.lists.get(key)
    if (known) return known
    const reading = { since: Date.now(), stack: listOf(study, series) }
    this.lists.set(key, reading)
    // Forget a failure.
    reading.stack.catch(() => {
      if (this.lists.get(key) === reading) this.lists.delete(key)
    })
    return reading
  }

  private forget(prefix: string): void {
    for (const key of this.lists.keys()) if (key.startsWith(prefix)) this.lists.delete(key)
  }
}
