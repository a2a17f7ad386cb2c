import { act, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { at, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Opinion } from './queries'
import { SignedOpinion } from './SignedOpinion'

const opinion = {
  signed: [
    {
      id: 's1',
      number: 1,
      content: { analysis: '主动脉夹层', diagnosis: 'A 型', no_advice: true, reservations: '' },
      owners_en: {},
      recalled: [],
      signer: '王怀瑾',
      signer_en: 'Wang Huaijin',
      signed_at: at('11:40'),
      method: 'password',
      sha256: 'ab',
      version: 3,
      format: 2,
      stands: [],
      pages: [
        {
          number: 1,
          kind: 'answered',
          at: at('12:10'),
          by: '许知遥',
          by_en: 'Xu Zhiyao',
          sha256: 'cd',
          parent_sha256: 'ab',
        },
      ],
      verify_url: 'https://ruijin.example/verify/1',
    },
  ],
  draft: null,
  may: { amend: false, stand: true },
} as unknown as Opinion

test('what came after the signature is listed by date, each to download, and all in one', () => {
  const page = () => <SignedOpinion id="c1" opinion={opinion} />
  openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  const pages = screen.getByRole('region', { name: '附页 v1' })
  expect(pages.textContent).toMatch(/附页 1 邀请方反馈.*许知遥/)
  expect(screen.getByRole('link', { name: '下载附页 1' }).getAttribute('href')).toBe(
    '/api/opinions/s1/pages/1',
  )
  expect(screen.getByRole('link', { name: '下载阅读合并件' }).getAttribute('href')).toBe(
    '/api/opinions/s1/together',
  )
})

test('an expert on the booking co-signs what is on the screen, and a dissent needs words', async () => {
  const sent: unknown[] = []
  const page = () => <SignedOpinion id="c1" opinion={opinion} />
  const answers = {
    'POST /api/consultations/c1/opinion/stand': async (request: Request) => {
      sent.push(await request.json())
      return opinion
    },
  }
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers })
  await user.click(screen.getByRole('button', { name: '保留意见' }))
  const asked = await screen.findByRole('dialog')
  const confirm = within(asked).getByRole('button', { name: '保留意见' })
  await user.type(within(asked).getByLabelText(/登录密码/), 'secret')
  expect(confirm).toHaveProperty('disabled', true)
  await user.type(within(asked).getByLabelText(/保留意见/), '不宜转运')
  await user.click(confirm)
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({
    opinion_id: 's1',
    version: 3,
    kind: 'dissented',
    words: '不宜转运',
  })
})

test('where the browser has no clipboard, it says so and what to do instead', async () => {
  const page = () => <SignedOpinion id="c1" opinion={opinion} />
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard)
  await user.click(screen.getByRole('button', { name: '复制病程记录文字' }))
  expect(await screen.findByText(/浏览器不允许复制/)).toBeTruthy()
})

test('a text that changes while the dialog is open is not signed unread', async () => {
  let show: (newer: Opinion) => void = () => {}
  const page = () => {
    const [shown, setShown] = useState(opinion)
    show = setShown
    return <SignedOpinion id="c1" opinion={shown} />
  }
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  await user.click(screen.getByRole('button', { name: '联合签署' }))
  const asked = await screen.findByRole('dialog')
  await user.type(within(asked).getByLabelText(/登录密码/), 'secret')
  const confirm = within(asked).getByRole('button', { name: '联合签署' })
  expect(confirm).toHaveProperty('disabled', false)
  act(() => show({ ...opinion, signed: [{ ...opinion.signed[0], id: 's2' }] } as Opinion))
  expect(confirm).toHaveProperty('disabled', true)
  expect(within(asked).getByText(/会诊意见已有改动/)).toBeTruthy()
})
