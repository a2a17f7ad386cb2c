import { QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { App } from 'antd'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../../api/queries'
import { afresh, withRoundWords } from '../testing'
import { Dictate } from './Dictate'
import type { Recognition } from './recognition'

let made: Recognition[]

/** As a browser has it; `answer`: what it says of recognising on the device. */
function browser(answer: string, local = true) {
  class Fake {
    lang = ''
    continuous = false
    onresult: Recognition['onresult'] = null
    onerror: Recognition['onerror'] = null
    onend: Recognition['onend'] = null
    start = vi.fn()
    stop = vi.fn(() => this.onend?.())
    abort = vi.fn()
    static available = vi.fn(() => Promise.resolve(answer))
    constructor() {
      made.push(this as unknown as Recognition)
    }
  }
  if (local) Object.assign(Fake.prototype, { processLocally: false })
  vi.stubGlobal('SpeechRecognition', Fake)
  return Fake
}

beforeAll(withRoundWords)
beforeEach(() => {
  afresh()
  made = []
})
afterEach(() => vi.unstubAllGlobals())

function shown() {
  const onSaid = vi.fn()
  const drawn = render(
    <QueryClientProvider client={queryClient}>
      <App>
        <Dictate what="查房指示" onSaid={onSaid} />
      </App>
    </QueryClientProvider>,
  )
  return { onSaid, ...drawn }
}
const start = () => screen.findByRole('button', { name: '听写：查房指示' })

test('what is said is written when it is final, recognised on this device and nowhere else', async () => {
  browser('available')
  const { onSaid, unmount } = shown()
  fireEvent.click(await start())
  const one = made[0] as Recognition
  expect(one).toMatchObject({ processLocally: true, lang: 'zh-CN', continuous: true })
  expect(one.start).toHaveBeenCalledOnce()
  const result = (transcript: string, isFinal: boolean) => ({ isFinal, 0: { transcript } })
  act(() => one.onresult?.({ resultIndex: 0, results: [result('利尿', false)] }))
  expect(onSaid).not.toHaveBeenCalled()
  act(() => one.onresult?.({ resultIndex: 0, results: [result('利尿剂减半', true)] }))
  expect(onSaid).toHaveBeenCalledExactlyOnceWith('利尿剂减半')
  fireEvent.click(screen.getByRole('button', { name: '停止听写：查房指示' }))
  expect(one.stop).toHaveBeenCalledOnce()
  fireEvent.click(await start())
  unmount()
  expect(made[1]?.abort, 'with the field goes the microphone').toHaveBeenCalledOnce()
})

test('a microphone that is refused is said', async () => {
  browser('available')
  shown()
  fireEvent.click(await start())
  act(() => made[0]?.onerror?.({ error: 'not-allowed' }))
  expect(await screen.findByText(/没有使用麦克风的权限/)).toBeTruthy()
})

test.each([
  ['the language would have to be downloaded', 'downloadable', true],
  ['nothing is recognised on the device', 'unavailable', true],
  ['the browser does not know where it recognises', 'available', false],
])('there is no button where %s', async (_, answer, local) => {
  const { available } = browser(answer, local)
  shown()
  await waitFor(() => expect(queryClient.getQueryData(['dictation', 'zh-CN'])).toBe(false))
  expect(available.mock.calls.length).toBe(local ? 1 : 0)
  expect(screen.queryByRole('button')).toBeNull()
})

test('there is none in a browser that has no recognition', async () => {
  shown()
  await waitFor(() => expect(queryClient.getQueryData(['dictation', 'zh-CN'])).toBe(false))
  expect(screen.queryByRole('button')).toBeNull()
})
