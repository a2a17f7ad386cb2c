import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { consultation } from '../../testing/fixtures/consultation'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { whole } from './content'
import { OpinionEditor } from './OpinionEditor'
import type { Content } from './queries'

const empty = whole({ analysis: '', diagnosis: '', no_advice: false, reservations: '' })
const draft = (version: number, content: Content) => ({
  ...{ id: 'o1', author_id: 'a1', number: 1, packet_version: 1, replaces: null, version, content },
  ...{ amendment_reason: null, missing: [], saved_at: '2026-11-25T03:00:00Z', paper_sha256: null },
})
const board = {
  ...{ consultation_id: 'c1', state: 'answering', signed: [], former: [], advice: [], stands: [] },
  may: { write: true, sign: true, stand: false, take_over: false },
  ...{ draft: draft(1, empty), newer_packet: null },
}

test('a server that is busy for a moment costs no second press: the window for signing opens', async () => {
  let busy = 2
  let kept = board.draft
  const { server, user } = openPage({
    ...{ path: '/', at: '/', session: session('expert') },
    page: () => <OpinionEditor consultationId="c1" />,
    answers: {
      'GET /api/consultations/c1': () => ({ ...consultation, id: 'c1' }),
      'GET /api/consultations/c1/opinion': () => ({ ...board, draft: kept }),
      'PATCH /api/consultations/c1/opinion': async (request) => {
        if (busy-- > 0) return { status: 503, body: { code: 'busy' } }
        const { content } = (await request.json()) as { content: Content }
        kept = draft(2, content)
        return kept
      },
    },
  })
  const analysis = await screen.findByRole('textbox', { name: /病情分析/ })
  fireEvent.change(analysis, { target: { value: '夹层' } })
  await user.click(screen.getByRole('button', { name: '完成意见' }))
  expect((await screen.findByRole('dialog')).textContent).toContain('夹层')
  expect(screen.queryByText(/繁忙/)).toBeNull()
  expect(server.asked.filter(({ method }) => method === 'PATCH').length).toBe(3)
})
