/** A page of rounds in a test, with its words. */
import { beforeEach, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { queryClient } from '../../api/queries'
import { changeLanguage, withWords } from '../../i18n'
import * as room from '../room/visit/useEntered'
import { WORDS } from './roundsWords'

export async function withRoundWords(): Promise<void> {
  await withWords(WORDS, Promise.resolve())
}

/** The room itself has its own tests; here nobody calls. To be called once in a file of tests. */
export function nobodyCalls(): void {
  beforeEach(() => void vi.spyOn(room, 'useEntered').mockReturnValue(null))
}

/** As the first test finds it. */
export function afresh(): void {
  changeLanguage('zh-CN')
  queryClient.clear()
}

export const bodiesOf = (asked: readonly Request[], end: string): Promise<unknown[]> =>
  Promise.all(
    asked
      .filter(({ method, url }) => method !== 'GET' && url.endsWith(end))
      .map((each) => each.clone().json()),
  )

/** A consent that was taken at bed 15 of the list. */
export const paper = (more: Partial<Schemas['ConsentRecord']> = {}): Schemas['ConsentRecord'] => ({
  ...{ version: 1, id: 'c1', number: 'TY-20261130-1', activity: 'round', activity_id: 'i4' },
  ...{ kind: 'patient', state: 'paper', lacking: [], scopes: ['consult', 'imaging'] },
  ...{ form_version: '2026-1', given_by: '', relation: '', reason: '', attempts: '' },
  ...{ witnesses: [], file_id: null, paper_due: false, unobtainable_at: null },
  ...{ unobtainable_by_name: '', unobtainable_by_name_en: '', unobtainable_code: null },
  ...{ unobtainable_reason: null, at: '2026-11-30T03:00:00Z', approved_at: null },
  ...{ approved_by_name: '', approved_by_name_en: '', withdrawn_at: null, withdrawn_reason: null },
  ...more,
})
