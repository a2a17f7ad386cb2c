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
      verify_url: 'https://ruijin.example/verify/1',
    },
  ],
  may: { amend: false },
} as unknown as Opinion

test('where the browser has no clipboard, it says so and what to do instead', async () => {
  const page = () => <SignedOpinion id="c1" opinion={opinion} />
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard)
  await user.click(screen.getByRole('button', { name: '复制病程记录文字' }))
  expect(await screen.findByText(/浏览器不允许复制/)).toBeTruthy()
})
