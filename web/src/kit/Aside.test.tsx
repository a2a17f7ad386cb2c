import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { Aside } from './Aside'
import { RingsBroken } from './RingsBroken'

const Breaks = () => {
  throw new Error('a fault of the band')
}
const Page = () => (
  <>
    <Aside fallback={<RingsBroken />}>
      <Breaks />
    </Aside>
    <p>the page</p>
  </>
)

test('a fault of what rings leaves the page, and says that nothing would ring', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  openPage({ path: '/', at: '/', page: Page, session: session('expert'), answers: {} })
  expect(screen.getByText('the page')).toBeTruthy()
  expect((await screen.findByRole('alert')).textContent).toContain('不会响铃')
  expect(screen.getByRole('button', { name: '重新载入' })).toBeTruthy()
  said.mockRestore()
})
