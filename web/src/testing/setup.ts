/** Every test starts with an empty page; React is told that `act` is in use. Files share a worker and its modules
 *  (see vite.config.ts), so each test leaves what is the browser's as it was, and each file what is the page's. */
import { cleanup, configure } from '@testing-library/react'
import i18next from 'i18next'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { syncClock } from '../api/clock'
import { queryClient } from '../api/queries'
import { sessionBegan } from '../api/signedOut'
import { WORDS as ECG } from '../features/studies/ecg/words'
import { WORDS as MPR } from '../features/studies/mprWords'
import {
  allWords,
  changeLanguage,
  language,
  startI18n,
  withAdminWords,
  withRoomWords,
  withWords,
} from '../i18n'
import { HOME, MORE, REQUESTS, SCHEDULING, STORE } from '../i18n/words'
import { forgetAll } from '../kit/pageMemory'
import { followSite } from '../zone'

// A chunk fetched when it is first shown may take longer than a second on a busy machine.
configure({ asyncUtilTimeout: 10_000 })
beforeAll(async () => {
  if (i18next.isInitialized) return
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

const HERE = window.location.href
const AT_SITE = {
  actor: { hospital_id: '' },
  hospitals: [{ id: '', time_zone: 'Asia/Shanghai' }],
}

afterEach(async () => {
  cleanup()
  // What lives on, such as a store that tells its listeners at the next frame, would wait for a timer that never rings.
  if (vi.isFakeTimers()) vi.runOnlyPendingTimers()
  vi.useRealTimers()
  forgetAll()
  vi.restoreAllMocks()
  // Also where another language is only on its way.
  if (window.localStorage.getItem(STORE) !== null || language() !== 'zh-CN') {
    changeLanguage('zh-CN')
    await i18next.changeLanguage('zh-CN')
  }
  window.localStorage.clear()
  window.sessionStorage.clear()
  document.body.replaceChildren()
  // antd's, which it adds again where they are needed. Each makes every look-up by role slower.
  for (const style of document.head.querySelectorAll('style')) style.remove()
})
afterAll(async () => {
  // A chunk on its way when the page goes would stay broken for the files that follow.
  await vi.dynamicImportSettled()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  queryClient.clear()
  sessionBegan()
  followSite(AT_SITE)
  syncClock(new Date().toISOString(), Date.now())
  window.history.replaceState(null, '', HERE)
  document.title = i18next.t('app.name')
})
