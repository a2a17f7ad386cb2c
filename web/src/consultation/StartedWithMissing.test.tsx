import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { consultation } from '../testing/fixtures/consultation'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { StartedWithMissing } from './StartedWithMissing'

test('what it began without is said as missing, not by the name of the check', () => {
  const began = {
    ...consultation,
    started_with_missing: ['images', 'devices_branch', 'checklist.ecg'],
    missing_reason: '病情急',
  }
  const page = () => <StartedWithMissing consultation={began} />
  openPage({ path: '/', at: '/', page, session: session(), answers: {} })
  expect(screen.getByRole('alert').textContent).toBe(
    '带缺项开始：影像未收齐、邀请方设备与网络未测试、缺心电图。原因：病情急',
  )
})
