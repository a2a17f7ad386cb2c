/** The page of a ward's cart in a test. The room itself has its own tests; whoever uses this lets nobody call there. */
import { beforeAll, beforeEach, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import type { Session } from '../../../api/session'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { withRoundWords } from '../testing'
import { cart } from '.'
import RoundCartPage from './page'

/** Its words, and the clock of the fixtures. */
export function atTheCart(): void {
  beforeAll(async () => {
    await withRoundWords()
    await cart()
  })
  beforeEach(() => {
    changeLanguage('zh-CN')
    vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
    syncClock(new Date(NOW).toISOString(), NOW, NOW)
    return () => vi.useRealTimers()
  })
}

/** The bed doctor's page. */
export const openCart = (round: string, answers: Answers, more: Partial<Session> = {}) =>
  openPage({
    ...{ path: '/rounds/:id/cart', at: `/rounds/${round}/cart`, page: RoundCartPage },
    session: { ...session('bed_doctor', 'requesting_doctor'), ...more },
    answers,
  })
