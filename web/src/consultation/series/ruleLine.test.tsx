import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { syncClock } from '../../api/clock'
import { changeLanguage } from '../../i18n'
import { NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { RuleLine } from './RuleLine'
import { timesFit, timesOf } from './times'

const row = { rrule: 'FREQ=NEVER', starts_on: '2026-12-01', at: 'noon', minutes: 60 }

beforeEach(() => {
  changeLanguage('zh-CN')
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
})

test('of one that cannot be read the list says what to do, and its form asks for it anew', async () => {
  const page = () => <RuleLine row={{ ...row, unreadable: true }} />
  openPage({ path: '/', at: '/', page, session: session('coordinator'), answers: {} })
  expect(await screen.findByText('安排无法识别')).toBeDefined()
  expect(screen.getByText(/核对周几、时间和人员，重新填写后保存/)).toBeDefined()
  expect(screen.queryByText(/FREQ/)).toBeNull()
  expect(timesFit(timesOf(row), 720)).toMatchObject({ days: false, at: false, minutes: true })
})
