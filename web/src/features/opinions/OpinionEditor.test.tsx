import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { consultation } from '../../testing/fixtures/consultation'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
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

const answers = {
  'GET /api/consultations/c1': () => ({ ...consultation, id: 'c1' }),
  'GET /api/consultations/c1/opinion': (): unknown => board,
}
const open = (more: Answers) =>
  openPage({
    ...{ path: '/', at: '/', session: session('expert') },
    page: () => <OpinionEditor consultationId="c1" />,
    answers: { ...answers, ...more },
  })

test('a server that is busy for a moment costs no second press: the window for signing opens', async () => {
  let busy = 2
  let kept = board.draft
  const { server, user } = open({
    'GET /api/consultations/c1/opinion': () => ({ ...board, draft: kept }),
    'PATCH /api/consultations/c1/opinion': async (request) => {
      if (busy-- > 0) return { status: 503, body: { code: 'busy' } }
      const { content } = (await request.json()) as { content: Content }
      kept = draft(2, content)
      return kept
    },
  })
  const analysis = await screen.findByRole('textbox', { name: /病情分析/ })
  fireEvent.change(analysis, { target: { value: '夹层' } })
  await user.click(screen.getByRole('button', { name: '完成意见' }))
  expect((await screen.findByRole('dialog')).textContent).toContain('夹层')
  expect(screen.queryByText(/繁忙/)).toBeNull()
  expect(server.asked.filter(({ method }) => method === 'PATCH').length).toBe(3)
})

const refusals: [string, () => unknown, RegExp][] = [
  [
    'a wrong password',
    () => ({ status: 403, body: { code: 'not_allowed', reason: 'wrong_password' } }),
    /密码不正确/,
  ],
  [
    'no network',
    () => {
      throw new TypeError('failed')
    },
    /网络不通/,
  ],
  [
    'another tab that was faster',
    () => ({ status: 412, body: { code: 'stale' } }),
    /这份记录刚刚有改动/,
  ],
]
test.each(refusals)('a signature that fails says so once: %s', async (_, answer, words) => {
  const { user } = open({ 'POST /api/consultations/c1/opinion/sign': answer })
  await user.click(await screen.findByRole('button', { name: '完成意见' }))
  await user.type(await screen.findByLabelText('登录密码'), 'secret')
  await user.click(screen.getByRole('button', { name: '签署 v1' }))
  await screen.findAllByText(words)
  await user.type(screen.getByLabelText('登录密码'), 'again') // whatever else is said has been drawn
  expect(screen.getAllByText(words).length).toBe(1)
})
