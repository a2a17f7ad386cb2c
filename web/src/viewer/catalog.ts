/** The studies this window may show, and the series of theirs that were read. */
import { loadStack } from './dicom/archive'
import type { Stack } from './dicom/stack'
import type { StudyRef } from './types'

export const studyKey = (hospital: string, study: string): string => `${hospital}/${study}`
export const stackKey = (stack: Pick<Stack, 'hospital' | 'study' | 'series'>): string =>
  `${studyKey(stack.hospital, stack.study)}/${stack.series}`

export class Catalog {
  private readonly studies = new Map<string, StudyRef>()
  private readonly reading = new Map<string, Promise<Stack>>()

  register(studies: readonly StudyRef[]): void {
    this.studies.clear()
    for (const study of studies) this.studies.set(studyKey(study.hospital, study.uid), study)
  }

  study(hospital: string, uid: string): StudyRef | null {
    return this.studies.get(studyKey(hospital, uid)) ?? null
  }

  /** Read once; a failure is not kept. */
  async stack(study: StudyRef, series: string): Promise<Stack> {
    const key = `${studyKey(study.hospital, study.uid)}/${series}`
    const reading = this.reading.get(key) ?? loadStack(study, series, null)
    this.reading.set(key, reading)
    try {
      return await reading
    } catch (error) {
      this.reading.delete(key)
      throw error
    }
  }

  forget(): void {
    this.reading.clear()
  }
}
