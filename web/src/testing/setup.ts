/** Every test starts with an empty page; React is told that `act` is in use. */
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeAll } from 'vitest'
import { WORDS as ECG } from '../features/studies/ecg/words'
import { WORDS as MPR } from '../features/studies/mprWords'
import { allWords, startI18n, withAdminWords, withRoomWords, withWords } from '../i18n'
import { HOME, MORE, REQUESTS, SCHEDULING } from '../i18n/words'

// A chunk fetched when it is first shown may take longer than a second on a busy machine.
configure({ asyncUtilTimeout: 10_000 })
beforeAll(async () => {
  await startI18n('zh-CN')
  await allWords()
  await withAdminWords(Promise.resolve())
  await withRoomWords(Promise.resolve())
  await withWords(MORE, Promise.resolve())
  await withWords(HOME, Promise.resolve())
  await withWords(REQUESTS, Promise.resolve())
  await withWords(SCHEDULING, Promise.resolve())
  await withWords(ECG, Promise.resolve())
  await withWords(MPR, Promise.resolve())
})
afterEach(cleanup)
