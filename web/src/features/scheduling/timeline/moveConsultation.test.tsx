/** A consultation that is dragged: by its own route, with what makes a time possible at which somebody is taken. */
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { consultation } from '../../../testing/fixtures/consultation'
import {
  at,
  atNow,
  confirm,
  entry,
  limited,
  openEntry,
  row,
  rows,
  sent,
} from '../../../testing/fixtures/entryDialog'
import type { Answers } from '../../../testing/server'
import type { Book } from '../Relaxed'

beforeEach(atNow)

test('a consultation is moved by its own route, with its rooms, as the version that was read', async () => {
  const meeting = entry({ kind: 'consultation', activity: 'consultation', activity_id: 'c1' })
  const { user, server } = openEntry(meeting, {
    to: ['10:00', '10:40'],
    answers: {
      'GET /api/consultations/c1': () => ({
        ...consultation,
        state: 'scheduled',
        starts_at: at('14:00'),
        ends_at: at('15:00'),
      }),
      'POST /api/consultations/c1/booking': () => ({ id: 'c1', version: 13, state: 'scheduling' }),
    },
  })
  await screen.findByText('将按新的时间重新邀请：王怀瑾。')
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
  await user.click(await confirm())
  await waitFor(() => expect(sent(server.asked)).toBeDefined())
  const request = sent(server.asked)
  expect(request?.headers.get('If-Match')).toBe('"12"')
  expect(await request?.json()).toMatchObject({
    starts_at: at('10:00'),
    ends_at: at('10:40'),
    venue_id: 'v1',
    branch_venue_id: null,
    lead_id: null,
  })
})

/** A consultation to four, when the operation of one of its experts is. */
async function intoTheOperation(required: boolean, answers: Answers = {}) {
  const expert = { ...consultation.participants[0], role: 'expert' as const, required }
  const person = { ...consultation.participants[0]?.person, id: 'p1' }
  const opened = openEntry(
    entry({ kind: 'consultation', activity: 'consultation', activity_id: 'c1' }),
    {
      to: ['16:00', '16:40'],
      answers: {
        'GET /api/consultations/c1': () => ({
          ...consultation,
          ...{ state: 'scheduled', starts_at: at('14:00'), ends_at: at('15:00') },
          participants: [{ ...expert, person }],
        }),
        ...answers,
      },
    },
  )
  await screen.findByRole('alert')
  return opened
}

const book = (more: Partial<Book>): Book => ({
  ...{ starts_at: at('16:00'), ends_at: at('16:40'), venue_id: 'v1', branch_venue_id: null },
  ...{ venue_ids: [], experts: [], without: [], lead_id: null, override: '' },
  ...more,
})

test('where an expert is taken, one press moves it with an equal, or without them', async () => {
  const su = row('p2', '苏怀远')
  const instead = book({ experts: [{ staff_id: 'p2', required: true }], without: ['p1'] })
  const items = [
    { left_out: [], instead: [{ of: 'p1', by: 'p2' }], booking: instead },
    { left_out: ['p1'], instead: [], booking: book({ without: ['p1'] }) },
  ]
  const booked: unknown[] = []
  const { user, server, onClose } = await intoTheOperation(true, {
    'POST /api/consultations/c1/booking/relaxations': () => ({
      resources: [rows[0], su],
      items,
    }),
    'POST /api/consultations/c1/booking': async (request) => {
      booked.push(await request.json())
      if (booked.length === 1) return limited()
      return { id: 'c1', version: 13, state: 'scheduling' }
    },
  })
  expect((await confirm()).disabled).toBe(true)
  const help = await screen.findByRole('region', { name: '仍用此时间，可以' })
  const asked = server.asked.find(({ url }) => url.endsWith('/relaxations'))
  expect(await asked?.clone().json()).toEqual(book({}))
  expect(within(help).getByRole('button', { name: '不请 王怀瑾' })).toBeDefined()
  await user.click(within(help).getByRole('button', { name: '由 苏怀远 代替 王怀瑾' }))
  await user.type(await screen.findByLabelText(/理由/), '只有今天能来')
  await user.click(screen.getByRole('button', { name: '仍要预约' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(booked).toEqual([instead, { ...instead, override: '只有今天能来' }])
})

test('an expert who is optional is named, and keeps nobody from moving it', async () => {
  const { server } = await intoTheOperation(false)
  await screen.findByText('仅可选的专家没空，其余都空')
  await waitFor(async () => expect((await confirm()).disabled).toBe(false))
  expect(server.asked.some(({ url }) => url.endsWith('/relaxations'))).toBe(false)
})

test('who comes second to move it is told, and moves nothing', async () => {
  const meeting = entry({ kind: 'consultation', activity: 'consultation', activity_id: 'c1' })
  openEntry(meeting, {
    to: ['10:00', '10:40'],
    answers: {
      'GET /api/consultations/c1': () => ({
        ...consultation,
        state: 'scheduling',
        starts_at: at('08:00'),
        ends_at: at('08:40'),
      }),
    },
  })
  await screen.findByText(/刚被他人改动/)
  expect((await confirm()).disabled).toBe(true)
})
