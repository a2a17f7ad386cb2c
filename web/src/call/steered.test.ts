import { expect, test, vi } from 'vitest'
import { LocalMedia } from './localmedia'

test('only a page that steers the camera asks for what it can be turned by', async () => {
  const getUserMedia = vi.fn(async (_: MediaStreamConstraints) => ({ getTracks: () => [] }))
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
  vi.stubGlobal('MediaStream', class {})
  await new LocalMedia().open(['camera'])
  await new LocalMedia(true).open(['camera'])
  vi.unstubAllGlobals()
  const [plain, steered] = getUserMedia.mock.calls.map(([{ video }]) => video)
  expect(plain).not.toHaveProperty('pan')
  expect(steered).toMatchObject({ pan: true, tilt: true, zoom: true })
})
