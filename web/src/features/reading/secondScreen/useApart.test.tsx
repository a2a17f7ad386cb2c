import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../../../testing/fixtures/people'
import { reading } from '../../../testing/fixtures/reading'
import { openPage } from '../../../testing/page'
import { imagesWindow } from './imagesWindow'
import { useApart } from './useApart'

const sharp = { current: false }
const me = session('radiologist')

function Page() {
  const { at } = useApart(reading({ id: 'a' }), { onCite: undefined, onKeyImage: undefined, sharp })
  return <p>{at}</p>
}

test('what the window had in full quality is not so of the page to which the images come back', async () => {
  const there = { closed: false, postMessage: () => undefined, close: () => undefined }
  vi.spyOn(window, 'open').mockReturnValue(there as unknown as Window)
  openPage({ path: '/', at: '/', page: Page, session: me, answers: {} })
  await screen.findByText('here')
  act(() => imagesWindow.open())
  const data = { t: 'shows', actor: me.actor?.id, reading: 'a', sharp: true }
  const source = there as unknown as Window
  await act(async () => {
    window.dispatchEvent(
      new MessageEvent('message', { data, origin: window.location.origin, source }),
    )
  })
  await waitFor(() => expect(sharp.current).toBe(true))
  act(() => imagesWindow.close())
  await screen.findByText('here')
  expect(sharp.current).toBe(false)
})
