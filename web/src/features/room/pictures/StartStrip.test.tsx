import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Role } from '../../../api/session'
import { consultation } from '../../../testing/fixtures/consultation'
import { lead, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { StartStrip } from './StartStrip'

const devices = { key: 'devices' as const, ok: false, blocks: true, at: null, detail: {} }

const show = (hospital: string, ...roles: Role[]) => {
  const mine = session(...roles)
  const c = {
    ...consultation,
    state: 'scheduled' as const,
    hub_id: hospital,
    lead: null,
    checks: [devices],
  }
  return openPage({
    path: '/',
    at: '/',
    page: () => <StartStrip consultation={c} />,
    session: mine,
    answers: {},
  })
}

const own = lead.hospital_id

test.each(['coordinator', 'duty_officer'] as const)('the hub’s %s may start it anyway', (role) => {
  show(own, role)
  expect(screen.getByRole('button')).toBeDefined()
})

test('another hospital’s duty officer may not, nor whoever else looks on', () => {
  show(`not ${own}`, 'duty_officer', 'coordinator')
  expect(screen.getByRole('alert')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
  show(own, 'expert')
  expect(screen.queryByRole('button')).toBeNull()
})
