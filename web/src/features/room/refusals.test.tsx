/** A refusal is said in words: the room's, the browser's, and a connection that does not come about. */
import { screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { expect, test, vi } from 'vitest'
import type { Call, CallState, LocalMedia, LocalState } from '../../call'
import { initial } from '../../call/state'
import { consultation } from '../../testing/fixtures/consultation'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Controls } from './Controls'
import { Strips } from './Strips'
import { REFUSALS, useRefusals } from './useRefusals'

// Looked for once, when the page is loaded.
vi.hoisted(() => {
  const value = { getDisplayMedia: () => undefined }
  Object.defineProperty(navigator, 'mediaDevices', { value })
})

const local = { sources: {}, problems: {} } as LocalState
const show = (page: () => React.ReactNode) =>
  openPage({ path: '/', at: '/', page, session: session(), answers: {} })

function Room({ problems }: { problems: CallState['problem'][] }) {
  const [at, setAt] = useState(0)
  useRefusals(problems[at] ?? null)
  useEffect(() => {
    if (at < problems.length) setAt(at + 1)
  }, [at, problems])
  return <p>{at === problems.length && 'all heard'}</p>
}

test('what a person did and the room refused is said; what a page sent by itself is not', async () => {
  const forbidden = (msg: string) => ({ code: 'forbidden', msg })
  const problems = [
    forbidden('Present first: the others follow one person.'),
    { code: 'not_found', msg: 'Nobody here is called that.' },
    forbidden('The accompanying physician says who else is in view.'),
    forbidden('This study is not yours to show.'),
  ]
  show(() => <Room problems={problems} />)
  expect(await screen.findByText(/在场人员没有保存/)).toBeTruthy()
  expect(await screen.findByText(/对方看不到您的演示和指针/)).toBeTruthy()
  expect(document.querySelectorAll('.ant-message-notice')).toHaveLength(2)
})

test('the sentences are those of the server', async () => {
  // As a string: the pages are typed without Node.
  const { readFileSync } = await import('node:fs' as string)
  const files = ['room', 'moderation', 'stage'].map((name) => `../signaling/${name}.py`)
  const said = files.map((file) => String(readFileSync(file))).join('\n')
  for (const sentence of Object.keys(REFUSALS)) expect(said).toContain(`"${sentence}"`)
})

test('a connection that could not be negotiated is said, until there is one', () => {
  const remote = (connection: RTCPeerConnectionState) => ({ b: { connection } })
  const strips = (connection: RTCPeerConnectionState) => () => (
    <Strips
      call={{} as Call}
      media={{ state: local, subscribe: () => () => undefined } as unknown as LocalMedia}
      consultation={{ ...consultation, state: 'in_progress' }}
      videoAway={false}
      state={{
        ...initial(local),
        linked: true,
        publishing: true,
        remote: remote(connection) as unknown as CallState['remote'],
        problem: { code: 'webrtc', msg: 'InvalidAccessError' },
      }}
    />
  )
  show(strips('connected'))
  expect(screen.queryByRole('alert')).toBeNull()
  show(strips('new'))
  expect(screen.getByRole('alert').textContent).toContain('音视频没有接通')
})

test.each([
  ['NotAllowedError', 'Permission denied by system'],
  ['NotReadableError', 'Could not start video source'],
])(
  'a screen that is not shared for a %s (%s) is said; a closed question is not',
  async (...why) => {
    const [name, words] = why
    const shareScreen = vi
      .fn()
      .mockRejectedValueOnce(new DOMException('Permission denied', 'NotAllowedError'))
      .mockRejectedValueOnce(new DOMException(words, name))
    const nothing = () => undefined
    const page = () => (
      <Controls
        call={{} as Call}
        state={{ ...initial(local), publishing: true }}
        media={{ shareScreen } as unknown as LocalMedia}
        consultation={consultation}
        filled={null}
        onFill={nothing}
        chatting={false}
        unread={0}
        onChat={nothing}
        onPresent={nothing}
        opened={null}
        onOpen={nothing}
      />
    )
    const { user } = show(page)
    await user.click(screen.getByRole('button', { name: '共享屏幕' }))
    await user.click(screen.getByRole('button', { name: '共享屏幕' }))
    expect(await screen.findAllByText(/屏幕没有共享成功/)).toHaveLength(1)
    expect(shareScreen).toHaveBeenCalledTimes(2)
  },
)
