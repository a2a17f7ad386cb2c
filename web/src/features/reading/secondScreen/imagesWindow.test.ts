import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ImagesWindow, imagesWindow } from './imagesWindow'
import type { FromWindow } from './messages'

/** The other window, as far as this one sees it. */
const other = () => {
  const said: unknown[] = []
  const made = {
    closed: false,
    said,
    postMessage: (message: unknown) => said.push(message),
    close: () => {
      made.closed = true
    },
    focus: vi.fn(),
    dispatchEvent: vi.fn(),
    moveTo: vi.fn(),
    resizeTo: vi.fn(),
  }
  return made
}
type Other = ReturnType<typeof other>

const from = (source: Other | null, data: FromWindow, origin = window.location.origin) =>
  window.dispatchEvent(
    new MessageEvent('message', { data, origin, source: source as unknown as Window }),
  )

const opens = (what: Other | null) =>
  vi.spyOn(window, 'open').mockReturnValue(what as unknown as Window | null)

const host = (reading: string) => ({
  ...{ actor: 's1', reading },
  onCite: vi.fn(),
  onKeyImage: vi.fn(async () => undefined),
})
const cite = (reading: string, actor = 's1'): FromWindow => ({
  t: 'cite',
  actor,
  reading,
  d: { text: '12 mm', seriesNumber: 2, position: 9, prior: null },
})
const shown = (reading: string | null) => expect.objectContaining({ t: 'show', reading })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  // The tab's own one hears these messages too, and a timer of it that never rings would keep it silent for ever.
  imagesWindow.close()
  vi.runOnlyPendingTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('what is done there is done for the reading of the page, by the same person, and for no other', () => {
  const there = other()
  opens(there)
  const images = new ImagesWindow()
  const a = host('a')
  images.attend(a)
  images.open()
  from(there, { t: 'hello', waits: true })
  expect(there.said.at(-1)).toEqual(shown('a'))
  from(there, cite('a'))
  expect(a.onCite).toHaveBeenCalledOnce()
  from(there, cite('b'))
  from(there, cite('a', 's2'))
  from(other(), cite('a'))
  from(there, cite('a'), 'https://elsewhere.example')
  expect(a.onCite).toHaveBeenCalledOnce()
})

test('the next reading: dark in between, and not sharp until the window says so of this one', () => {
  const there = other()
  opens(there)
  const images = new ImagesWindow()
  const leave = images.attend(host('a'))
  images.open()
  from(there, { t: 'hello', waits: true })
  from(there, { t: 'shows', actor: 's1', reading: 'a', sharp: true })
  expect(images.store.get()).toEqual({ at: 'apart', shows: 'a', sharp: true })
  leave()
  expect(there.said.at(-1)).toEqual(shown(null))
  images.attend(host('b'))
  expect(there.said.at(-1)).toEqual(shown('b'))
  from(there, { t: 'shows', actor: 's1', reading: 'a', sharp: true })
  expect(images.store.get()).toEqual({ at: 'apart', shows: null, sharp: false })
  from(there, { t: 'shows', actor: 's1', reading: 'b', sharp: false })
  expect(images.store.get()).toEqual({ at: 'apart', shows: 'b', sharp: false })
})

test('a key image is answered, whether it was kept or not', async () => {
  const there = other()
  opens(there)
  const images = new ImagesWindow()
  const a = host('a')
  images.attend(a)
  images.open()
  const d = {
    ...{ hospital: 'wuxi', studyUid: '1.2', seriesUid: '1.2.1', sopUid: '1.2.1.1' },
    ...{ sopClassUid: '1.2.840', frame: 1, voi: { center: 40, width: 400 }, laterality: null },
    ...{ seriesNumber: 2, position: 9, count: 20, takenAt: '', bodyPart: '', jpeg: new Blob() },
  }
  from(there, { t: 'keyImage', actor: 's1', reading: 'a', id: 'k1', d })
  await vi.waitFor(() => expect(there.said.at(-1)).toEqual({ t: 'kept', id: 'k1', ok: true }))
  a.onKeyImage.mockRejectedValueOnce(new Error('not claimed'))
  from(there, { t: 'keyImage', actor: 's1', reading: 'a', id: 'k2', d })
  await vi.waitFor(() => expect(there.said.at(-1)).toEqual({ t: 'kept', id: 'k2', ok: false }))
})

test('closed by hand, the images are here again; a blocked one is said', () => {
  const there = other()
  opens(there)
  const images = new ImagesWindow()
  images.open()
  expect(images.store.get().at).toBe('apart')
  there.closed = true
  vi.advanceTimersByTime(500)
  expect(images.store.get().at).toBe('here')
  opens(null)
  images.open()
  expect(images.store.get().at).toBe('blocked')
})

test('a page that was loaded anew finds its window; a second one is not heard', () => {
  const images = new ImagesWindow()
  const a = host('a')
  images.attend(a)
  const there = other()
  from(there, { t: 'hello', waits: true })
  expect(images.store.get().at).toBe('apart')
  expect(there.said.at(-1)).toEqual(shown('a'))
  const second = other()
  from(second, { t: 'hello', waits: true })
  from(second, cite('a'))
  expect(second.said).toEqual([])
  expect(a.onCite).not.toHaveBeenCalled()
  window.dispatchEvent(new Event('pagehide'))
  expect(there.dispatchEvent).toHaveBeenCalled()
})

test('on the other monitor, where the browser and the person let it', async () => {
  const here = { availLeft: 0, availTop: 0, availWidth: 1920, availHeight: 1040 }
  const beside = { ...here, availLeft: 1920 }
  vi.stubGlobal('getScreenDetails', async () => ({ screens: [here, beside], currentScreen: here }))
  Object.defineProperty(window.screen, 'isExtended', { value: true, configurable: true })
  const there = other()
  opens(there)
  const images = new ImagesWindow()
  images.open()
  await vi.waitFor(() => expect(there.moveTo).toHaveBeenCalledWith(1920, 0))
  expect(there.resizeTo).toHaveBeenCalledWith(1920, 1040)
  vi.stubGlobal('getScreenDetails', () => Promise.reject(new Error('denied')))
  const plain = other()
  opens(plain)
  images.close()
  images.open()
  await vi.advanceTimersByTimeAsync(0)
  expect(plain.moveTo).not.toHaveBeenCalled()
  expect(images.store.get().at).toBe('apart')
  vi.unstubAllGlobals()
  Reflect.deleteProperty(window.screen, 'isExtended')
})
