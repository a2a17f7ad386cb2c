/** The page of an import says at once whom it is not for. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Role, Session } from '../../api/session'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'

const at = (who: Session, hospital_id: string): Session => ({
  ...who,
  actor: who.actor && { ...who.actor, hospital_id },
})

function open(kind: string, role: Role, hospital: string) {
  openPage({
    path: '/admin/import/:kind',
    at: `/admin/import/${kind}`,
    page: Component,
    session: at(session(role), hospital),
    answers: {},
  })
}

test.each([
  ['staff', 'charge_nurse', 'wuxi'],
  ['staff', 'expert', 'ruijin'],
  ['agreements', 'administrator', 'wuxi'],
] as const)('%s is refused to %s at %s', async (kind, role, hospital) => {
  open(kind, role, hospital)
  expect((await screen.findByRole('alert')).textContent).toContain('您的角色不能做这一步')
  expect(screen.queryByRole('button', { name: '选择文件' })).toBeNull()
})

test.each([
  ['staff', 'wuxi'],
  ['agreements', 'ruijin'],
])('%s is offered to the administrator at %s', async (kind, hospital) => {
  open(kind, 'administrator', hospital)
  expect(await screen.findByRole('button', { name: /选择文件/ })).toBeDefined()
  expect(screen.queryByRole('alert')).toBeNull()
})
