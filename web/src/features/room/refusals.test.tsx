/** A refusal is said in words: the room's, the browser's, and a connection that does not come about. */
import { screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { expect, test, vi } from 'vitest'
import type { Call, CallState, LocalMedia, LocalState } from '../../call'
import { initial } from '../../call/state'
import { consultation } from '../../testing/fixtures/consultation'
import { lead as me, session, xu } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Controls } from './pictures/Controls'
import { Strips } from './pictures/Strips'
import { Unseated } from './pictures/Unseated'
import { useRefusals } from './useRefusals'

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

test('what the room refused is said in words, once each', async () => {
  const forbidden = (act: string) => ({ act, code: 'forbidden', msg: '' })
  const problems = [
    { act: 'mod.remove', code: 'not_found', msg: 'Nobody here is called that.' },
    forbidden('view.set'),
    forbidden('present.take'),
    forbidden('mod.lock'),
    forbidden('present.release'),
  ]
  show(() => <Room problems={problems} />)
  expect(await screen.findByText(/在场人员没有保存/)).toBeTruthy()
  expect(await screen.findByText(/对方看不到您的演示和指针/)).toBeTruthy()
  expect(await screen.findByText(/没有主持权限/)).toBeTruthy()
  expect(document.querySelectorAll('.ant-message-notice')).toHaveLength(3)
})

test('a connection that could not be negotiated is said, until there is one', () => {
  const remote = (connection: RTCPeerConnectionState) => ({ b: { connection } })
  const strips = (connection: RTCPeerConnectionState) => () => (
    <Strips
      call={{} as Call}
      media={{ state: local, subscribe: () => () => undefined } as unknown as LocalMedia}
      consultation={{ ...consultation, state: 'in_progress' }}
      videoAway={false}
      onPacket={() => undefined}
      state={{
        ...initial(local),
        linked: true,
        publishing: true,
        remote: remote(connection) as unknown as CallState['remote'],
        problem: { act: 'webrtc', code: 'webrtc', msg: 'InvalidAccessError' },
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

test.each([
  ['lead', '主会诊专家已改为 许知遥 主治医师。'],
  ['accompanying', '陪同医师已改为 许知遥 主治医师。'],
  [null, '您的音视频席位已转给他人。'],
] as const)('whoever lost their seat (%s) reads why camera and microphone are off', (part, why) => {
  const [one] = consultation.history
  if (!one) throw new Error('a log')
  const event = { ...one, type: `consultation.${part}_replaced`, data: { before_id: me.id } }
  const c = { ...consultation, lead: xu, accompanying: xu, history: part ? [event] : [] }
  show(() => <Unseated consultation={c} />)
  expect(screen.getByRole('alert').textContent).toContain(`摄像头和麦克风已关闭。 ${why}`)
})
