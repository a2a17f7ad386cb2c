import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import {
  at,
  atNow,
  confirm,
  entry,
  limited,
  openEntry,
  sent,
  surgery,
} from '../../../testing/fixtures/entryDialog'

beforeEach(atNow)

test('a block that was dropped asks first, says both times, and then moves', async () => {
  const { user, server, onClose } = openEntry(entry(), {
    to: ['10:00', '11:00'],
    answers: { 'POST /api/calendar/busy/e1/move': () => ({ items: [entry({ version: 4 })] }) },
  })
  const dialog = await screen.findByRole('dialog', { name: '病例讨论' })
  expect(dialog.textContent).toContain('明天 14:00–15:00')
  expect(dialog.textContent).toContain('明天 10:00–11:00')
  await within(dialog).findByText('所涉人员与场所都空')
  expect(dialog.textContent).toContain('以下人员会收到通知，其日程显示新的时间：王怀瑾')
  await user.click(await confirm())
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  const request = sent(server.asked)
  expect(request?.headers.get('If-Match')).toBe('"3"')
  const times = { starts_at: at('10:00'), ends_at: at('11:00') }
  const nothing = { given_up: [], kept: [], words: '', override: '' }
  expect(await request?.json()).toEqual({ ...times, ...nothing })
})

test('put back, it goes where it was', async () => {
  const { user, back, onClose } = openEntry(entry(), { to: ['10:00', '11:00'] })
  await user.click(await screen.findByRole('button', { name: '放回原处' }))
  expect(back).toHaveBeenCalled()
  expect(onClose).toHaveBeenCalled()
})

test('what it would meet is named at once, and it is not moved there', async () => {
  openEntry(entry())
  const start = await screen.findByLabelText('开始')
  fireEvent.change(start, { target: { value: '15:30' } })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('王怀瑾 明天 16:00–18:00 手术'.replace('明天 ', ''))
  expect((await confirm()).disabled).toBe(true)
  fireEvent.change(start, { target: { value: '09:05' } })
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
})

test('a time taken in between is refused with the name of what took it', async () => {
  const clash = {
    ...surgery,
    booking_id: 'e9',
    resource_id: 'v1',
    name: '会诊室 1',
    name_en: 'Room',
  }
  const { user, onClose } = openEntry(entry(), {
    to: ['10:00', '11:00'],
    answers: {
      'POST /api/calendar/busy/e1/move': () => ({
        status: 409,
        body: { code: 'conflict', reason: 'clash', detail: '', clashes: [clash] },
      }),
    },
  })
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
  await user.click(await confirm())
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('未改动')
  expect(alert.textContent).toContain('会诊室 1')
  expect(onClose).not.toHaveBeenCalled()
})

test('what one may not move is only shown', async () => {
  openEntry(entry({ movable: false, mine: false }))
  const dialog = await screen.findByRole('dialog', { name: '病例讨论' })
  expect(dialog.textContent).toContain('明天 14:00–15:00')
  expect(within(dialog).queryByRole('button', { name: '改到此时间' })).toBeNull()
})

test('leave may go over what is booked: who is affected is named, then each is given up or kept', async () => {
  const away = entry({ kind: 'leave', title: '休假', resources: ['p1'] })
  const clash = { ...surgery, ends_at: at('18:00'), booking_id: 'e2', resource_id: 'p1' }
  const answers = [
    {
      status: 409,
      body: {
        code: 'conflict',
        reason: 'clash',
        detail: '',
        clashes: [{ ...clash, name: '王怀瑾', name_en: 'Wang Huaijin' }],
        given_up: ['e2'],
        arranged: ['e2'],
      },
    },
    { items: [entry({ version: 4 })] },
  ]
  const { user, server, onClose } = openEntry(away, {
    to: ['16:00', '17:00'],
    answers: { 'POST /api/calendar/busy/e1/move': () => answers.shift() },
  })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('手术')
  expect(alert.textContent).toContain('逐一选择让出或照常')
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
  await user.click(await confirm())
  const dialog = await screen.findByRole('dialog', { name: '这段时间内已有 1 项安排' })
  await user.click(within(dialog).getByRole('button', { name: '改到此时间' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  const second = server.asked.filter(({ method }) => method === 'POST')[1]
  expect(await second?.json()).toEqual({
    starts_at: at('16:00'),
    ends_at: at('17:00'),
    given_up: ['e2'],
    kept: [],
    words: '休假',
    override: '',
  })
})

test('hours are passed over with a reason', async () => {
  const answers = [limited(), { items: [entry({ version: 4 })] }]
  const { user, server, onClose } = openEntry(entry({ kind: 'clinic', resources: ['p1'] }), {
    to: ['10:00', '11:00'],
    answers: { 'POST /api/calendar/busy/e1/move': () => answers.shift() },
  })
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
  await user.click(await confirm())
  await user.type(await screen.findByLabelText(/理由/), '加开门诊')
  await user.click(screen.getByRole('button', { name: '仍要预约' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  const second = server.asked.filter(({ method }) => method === 'POST')[1]
  expect(await second?.json()).toMatchObject({ override: '加开门诊', given_up: [] })
})

/** To ten, over hours of its lead's own; then with a reason, which `then` answers. */
async function draggedRound(then: unknown) {
  const answers = [limited(), then]
  const opened = openEntry(
    entry({ kind: 'round', activity: 'round', activity_id: 'r1', resources: ['p1'] }),
    {
      to: ['10:00', '11:00'],
      answers: {
        'GET /api/rounds/sessions/r1': () => ({
          ...{ id: 'r1', version: 7, starts_at: at('14:00'), ends_at: at('15:00') },
        }),
        'POST /api/rounds/sessions/r1/move': () => answers.shift(),
      },
    },
  )
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
  await opened.user.click(await confirm())
  const dialog = await screen.findByRole('dialog', { name: '该时间受限，仍要预约？' })
  expect(dialog.textContent).toContain('王怀瑾')
  await opened.user.type(screen.getByLabelText(/理由/), '家属只有今天能来')
  await opened.user.click(screen.getByRole('button', { name: '仍要预约' }))
  return opened
}

test('a round goes over limits with a reason too, by its own route', async () => {
  const { server, onClose } = await draggedRound({ id: 'r1' })
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  const second = server.asked.filter(({ method }) => method === 'POST')[1]
  expect(second?.headers.get('If-Match')).toBe('"7"')
  const times = { starts_at: at('10:00'), minutes: 60, places: null }
  expect(await second?.json()).toEqual({ ...times, override: '家属只有今天能来' })
})

test('what is taken while a reason is given is named, and nothing moves', async () => {
  const clash = { ...surgery, booking_id: 'e2', resource_id: 'p1', name: '王怀瑾', name_en: 'Wang' }
  const body = { code: 'conflict', reason: 'clash', detail: '', clashes: [clash] }
  const { onClose } = await draggedRound({ status: 409, body })
  expect((await screen.findByRole('alert')).textContent).toContain('手术')
  expect(onClose).not.toHaveBeenCalled()
})
