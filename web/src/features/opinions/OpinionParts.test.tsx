import { act, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { OpinionParts } from './OpinionParts'

const board = {
  signed: [
    {
      ...{ id: 's1', number: 1, owners_en: {}, recalled: [], stands: [], pages: [], sha256: 'ab' },
      verify_url: 'https://ruijin.example/verify/1',
      content: { analysis: '夹层', diagnosis: 'A 型', no_advice: true, reservations: '' },
      ...{ signer: '王怀瑾', signer_en: '', signed_at: '2026-03-02T03:00:00Z', method: 'password' },
    },
  ],
  draft: null,
  former: [],
  advice: [],
  stands: [],
  may: { answer: true, execute: false, close: false, amend: false, stand: false, write: false },
  state: 'signed',
  consultation_id: 'c1',
}

test('whoever asks for the advice is led to it, also where the address names it already', async () => {
  const led = vi.spyOn(Element.prototype, 'scrollIntoView').mockReturnValue(undefined)
  const { router } = openPage({
    ...{ path: '/c1', at: '/c1#advice', session: session('requesting_doctor') },
    page: () => <OpinionParts consultationId="c1" />,
    answers: { 'GET /api/consultations/c1/opinion': () => board },
  })
  const advice = (await screen.findByRole('region', { name: '建议落实' })).parentElement
  await expect.poll(() => led.mock.calls.length).toBe(1)
  expect(document.activeElement).toBe(advice)
  advice?.blur()
  await act(() => router.navigate('/c1#advice'))
  expect(led).toHaveBeenCalledTimes(2)
  expect(document.activeElement).toBe(advice)
})
