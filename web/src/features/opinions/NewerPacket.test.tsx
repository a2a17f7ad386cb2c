import { cleanup, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { OpinionDraft } from './draft'
import { NewerPacket } from './NewerPacket'
import type { Opinion } from './queries'

const item = (title: string, kind = 'file') => ({ kind, checklist: null, title })
const ecg = { kind: 'file', checklist: 'ecg', title: 'scan.pdf' }
const opinion = (newer: Opinion['newer_packet']) =>
  ({
    signed: [],
    draft: { id: 'd1', packet_version: 2 },
    newer_packet: newer,
  }) as unknown as Opinion
const newer = (withdrawn: unknown[] = []) =>
  ({ version: 4, added: [item('复查肌钙蛋白'), ecg], withdrawn }) as Opinion['newer_packet']

test('what is new is named beside the version it rests on, and one button rests it on the newer one', async () => {
  const order: string[] = []
  const moved = { version: 6, packet_version: 4 }
  const draft = {
    flush: async () => {
      order.push('saved')
      return { version: 5 }
    },
    receive: vi.fn(),
  }
  const answers = {
    'POST /api/consultations/c1/opinion/packet': async (request: Request) => {
      const body = (await request.json()) as { packet_version: number }
      order.push(`${request.headers.get('if-match') ?? ''} ${String(body.packet_version)}`)
      return moved
    },
  }
  const page = () => (
    <NewerPacket id="c1" opinion={opinion(newer())} draft={draft as unknown as OpinionDraft} />
  )
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers })
  const said = screen.getByRole('status').textContent
  expect(said).toContain('会诊资料已更新到第 4 版（新增 2 项） · 您的意见依据第 2 版')
  expect(said).toContain('新增：复查肌钙蛋白、心电图')
  await user.click(screen.getByRole('button', { name: '改为依据第 4 版' }))
  await waitFor(() => expect(draft.receive).toHaveBeenCalledWith(moved))
  expect(order).toEqual(['saved', '"5" 4'])
})

test('images that were withdrawn are an alarm, and whoever only reads gets no button', () => {
  const show = (of: Opinion) =>
    openPage({
      path: '/',
      at: '/',
      page: () => <NewerPacket id="c1" opinion={of} />,
      session: session('expert'),
      answers: {},
    })
  show(opinion(newer([item('头颅 CT', 'study')])))
  expect(screen.getByRole('alert').textContent).toContain('撤出：头颅 CT')
  expect(screen.getByRole('alert').textContent).toContain('本意见依据第 2 版')
  expect(screen.queryByRole('button')).toBeNull()
  cleanup()
  show(opinion(null))
  expect(screen.queryByRole('status')).toBeNull()
})
