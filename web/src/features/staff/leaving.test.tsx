/** What is typed in the drawer of a person is not thrown away without a question. */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { staffRow } from '../../testing/fixtures/staff'
import { openPage } from '../../testing/page'
import { Component } from './page'

const list = { items: [], hospitals: 1, all: 1, ending: 0, disabled: 0, size: 50, may_add: true }

function openDrawer(search: string) {
  const opened = openPage({
    path: '/admin/staff',
    at: `/admin/staff?${search}`,
    page: Component,
    session: session('administrator'),
    answers: {
      'GET /api/admin/staff': () => list,
      'GET /api/admin/staff/c1': () => staffRow,
      'GET /api/admin/staff/c1/shifts': () => ({ items: [] }),
      'GET /api/admin/hospitals': () => ({ items: [] }),
      'GET /api/admin/departments': () => ({ items: [] }),
      'PUT /api/admin/staff/c1': () => ({ ...staffRow, version: 4 }),
    },
  })
  const drawer = (name: RegExp) => screen.findByRole('dialog', { name })
  return { ...opened, drawer }
}

const answer = async (user: Opened['user'], name: string) =>
  user.click(await screen.findByRole('button', { name }))
const unasked = () => expect(screen.queryByText('还有未保存的改动')).toBeNull()
const mask = () => document.querySelector<HTMLElement>('.ant-drawer-mask') as HTMLElement

type Opened = ReturnType<typeof openDrawer>
const WAYS: [string, (opened: Opened, drawer: HTMLElement) => Promise<void>][] = [
  ['取消', ({ user }, drawer) => user.click(within(drawer).getByRole('button', { name: '取消' }))],
  ['Esc', ({ user }) => user.keyboard('{Escape}')],
  ['a click beside it', ({ user }) => user.click(mask())],
  ['another page', ({ router }) => router.navigate('/elsewhere')],
]

test.each(WAYS)('%s asks once a field differs, and staying keeps it', async (_, way) => {
  const opened = openDrawer('person=c1')
  const { user } = opened
  const drawer = await opened.drawer(/编辑人员/)
  const phone = within(drawer).getByLabelText<HTMLInputElement>('手机')
  await user.type(phone, '9')
  await way(opened, drawer)
  await answer(user, '留在这里')
  await waitFor(unasked)
  expect(phone.value).toBe('139000003129')
  await user.click(within(drawer).getByRole('button', { name: '取消' }))
  await answer(user, '不保存并离开')
  await waitFor(() => expect(screen.queryByLabelText('手机')).toBeNull())
  expect(opened.server.asked.filter(({ method }) => method === 'PUT')).toEqual([])
})

test.each(WAYS)('%s asks nothing while nothing differs', async (_, way) => {
  const opened = openDrawer('person=c1')
  const drawer = await opened.drawer(/编辑人员/)
  const phone = within(drawer).getByLabelText('手机')
  await opened.user.type(phone, '9{Backspace}')
  await way(opened, drawer)
  await waitFor(() => expect(screen.queryByLabelText('手机')).toBeNull())
  unasked()
})

test('a reload asks only while something differs', async () => {
  const opened = openDrawer('person=c1')
  const drawer = await opened.drawer(/编辑人员/)
  const asked = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(asked()).toBe(false)
  await opened.user.type(within(drawer).getByLabelText('手机'), '9')
  expect(asked()).toBe(true)
  await opened.user.type(within(drawer).getByLabelText('手机'), '{Backspace}')
  expect(asked()).toBe(false)
})

test('saving closes it without a question', async () => {
  const opened = openDrawer('person=c1')
  const drawer = await opened.drawer(/编辑人员/)
  await opened.user.type(within(drawer).getByLabelText('手机'), '{Backspace}1')
  await opened.user.click(within(drawer).getByRole('button', { name: '保存' }))
  await waitFor(() => expect(screen.queryByLabelText('手机')).toBeNull())
  unasked()
  expect(opened.router.state.location.search).toBe('')
})

test('the role that a first administrator begins with is nothing typed', async () => {
  const opened = openDrawer('person=new&at=wuxi')
  const drawer = await opened.drawer(/新增人员/)
  await opened.user.keyboard('{Escape}')
  await waitFor(() => expect(drawer.isConnected).toBe(false))
  unasked()
})

test('dates typed for a registration count, until it is cancelled', async () => {
  const opened = openDrawer('person=c1')
  const { user } = opened
  const drawer = await opened.drawer(/编辑人员/)
  await user.click(within(drawer).getByRole('button', { name: '+ 添加机构' }))
  const part = within(within(drawer).getByRole('region', { name: '多机构执业备案' }))
  await user.type(part.getByLabelText('备案编号'), '7')
  await user.keyboard('{Escape}')
  await answer(user, '留在这里')
  await waitFor(unasked)
  await user.click(part.getByRole('button', { name: '取消' }))
  await user.click(within(drawer).getByRole('button', { name: '取消' }))
  await waitFor(() => expect(screen.queryByLabelText('手机')).toBeNull())
  unasked()
})
