import { cleanup, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { consultation, event } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Supplements } from './Supplements'

const came = (n: number) => ({
  ...event('packet.supplemented', `11:2${n}`, '许知遥'),
  id: `s${n}`,
  data: { title: `复查化验 ${n}`, checklist: null, version: n + 1 },
})
const show = (count: number, onPacket = () => undefined) => {
  const history = [...consultation.history, ...[1, 2, 3, 4, 5].slice(0, count).map(came)]
  const page = () => <Supplements consultation={{ ...consultation, history }} onPacket={onPacket} />
  return openPage({ path: '/', at: '/', page, session: session(), answers: {} })
}

beforeEach(() => sessionStorage.clear())

test('material that comes in mid-call is announced by whom, when and which version it makes', () => {
  show(0)
  expect(screen.queryByRole('status')).toBeNull()
  cleanup()
  show(1)
  const said = screen.getByRole('status').textContent
  expect(said).toContain('许知遥 11:21')
  expect(said).toContain('会诊中补充资料：复查化验 1、第 2 版')
})

test('put aside it stays aside after a reload, and what comes later is announced again', async () => {
  const onPacket = vi.fn()
  const first = show(1, onPacket)
  await first.user.click(screen.getByRole('button', { name: '查看资料' }))
  expect(onPacket).toHaveBeenCalledOnce()
  expect(screen.queryByRole('status')).toBeNull()
  cleanup()
  show(1)
  expect(screen.queryByRole('status')).toBeNull()
  cleanup()
  show(5)
  const said = screen.getByRole('status').textContent
  expect(said).not.toContain('复查化验 2')
  expect(said).toContain('复查化验 5')
  expect(said).toContain('另有 1 项')
})
