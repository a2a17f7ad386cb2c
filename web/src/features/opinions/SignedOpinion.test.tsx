import { screen } from '@testing-library/react'
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
      format: 2,
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
  may: { amend: false },
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

test('where the browser has no clipboard, it says so and what to do instead', async () => {
  const page = () => <SignedOpinion id="c1" opinion={opinion} />
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard)
  await user.click(screen.getByRole('button', { name: '复制病程记录文字' }))
  expect(await screen.findByText(/浏览器不允许复制/)).toBeTruthy()
})
