import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Opinion } from './queries'
import { Recalled } from './Recalled'

const open = (reassessing: Opinion['reassessing'], take_note: boolean, answers = {}) => {
  const opinion = { reassessing, may: { take_note }, consultation_version: 7 } as Opinion
  const page = () => <Recalled id="c1" opinion={opinion} />
  return openPage({ path: '/', at: '/', page, session: session('requesting_doctor'), answers })
}

test('without a consent the branch takes note, and is led to where another is recorded', async () => {
  const { server } = open('no_consent', true, {
    'POST /api/consultations/c1/opinion/recall/note': () => ({}),
  })
  const said = screen.getByRole('alert')
  expect(said.textContent).toMatch(/不得作为诊疗依据。.*知情同意已撤回/)
  expect(screen.getByRole('link', { name: '登记知情同意' }).getAttribute('href')).toBe(
    '/requests/c1',
  )
  fireEvent.click(screen.getByRole('button', { name: '已知悉' }))
  await expect.poll(() => server.asked.some(({ url }) => url.endsWith('/recall/note'))).toBe(true)
})

test('while the hub looks again there is nothing to take note of', () => {
  open('hub', false)
  expect(screen.getByRole('alert').textContent).toContain('请主会诊专家重新评估')
  expect(screen.queryByRole('button')).toBeNull()
})

test('where all images are the patient’s it says nothing', () => {
  open(null, false)
  expect(screen.queryByRole('alert')).toBeNull()
})
