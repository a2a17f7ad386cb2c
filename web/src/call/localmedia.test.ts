import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '../id'
import { LocalMedia } from './localmedia'

class FakeTrack {
  enabled = true
  stopped = false
  contentHint = ''
  onended: (() => void) | null = null
  constructor(
    readonly kind: string,
    readonly deviceId: string,
  ) {}
  stop(): void {
    this.stopped = true
  }
  get readyState(): string {
    return this.stopped ? 'ended' : 'live'
  }
  getSettings(): { deviceId: string } {
    return { deviceId: this.deviceId }
  }
}

class FakeStream {
  constructor(readonly tracks: FakeTrack[] = []) {}
  getTracks = () => this.tracks
  getVideoTracks = () => this.tracks.filter((each) => each.kind === 'video')
  addTrack = (track: FakeTrack) => void this.tracks.push(track)
  removeTrack = (track: FakeTrack) => void this.tracks.splice(this.tracks.indexOf(track), 1)
}

type Asked = false | { deviceId?: { exact: string } }
const device = (asked: Asked) => (asked ? asked.deviceId?.exact : undefined)
type Wanted = { audio: Asked; video: Asked }
let refuse: Partial<Record<'audio' | 'video', string>>
let asked: Wanted[]
/** The browser answers when this does. */
let answer: Promise<void>

function stub(devices: object | undefined): void {
  vi.stubGlobal('navigator', { mediaDevices: devices })
  vi.stubGlobal('MediaStream', FakeStream)
}

beforeEach(() => {
  refuse = {}
  asked = []
  answer = Promise.resolve()
  stub({
    getUserMedia: async (wanted: Wanted) => {
      asked.push(wanted)
      await answer
      const kinds = (['audio', 'video'] as const).filter((kind) => wanted[kind])
      for (const kind of kinds) if (refuse[kind]) throw new DOMException('no', refuse[kind])
      return new FakeStream(
        kinds.map((kind) => new FakeTrack(kind, device(wanted[kind]) ?? `${kind}-1`)),
      )
    },
    getDisplayMedia: async () => new FakeStream([new FakeTrack('video', 'screen')]),
    enumerateDevices: async () => [],
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })
})

afterEach(() => vi.unstubAllGlobals())

test('camera and microphone are taken together', async () => {
  const media = new LocalMedia()
  await media.open()
  expect(media.state.sources).toEqual({ mic: { muted: false }, camera: { muted: false } })
  expect([media.state.problems, media.state.chosen]).toEqual([
    {},
    { mic: 'audio-1', camera: 'video-1' },
  ])
})

test.each([
  ['NotAllowedError', 'refused'],
  ['NotFoundError', 'missing'],
  ['NotReadableError', 'busy'],
])('a camera with %s still leaves the microphone', async (name, problem) => {
  refuse = { video: name }
  const media = new LocalMedia()
  await media.open()
  expect(media.state.sources).toEqual({ mic: { muted: false } })
  expect(media.state.problems).toEqual({ camera: problem })
})

test('with neither one looks on, and may try again later', async () => {
  refuse = { video: 'NotAllowedError', audio: 'NotFoundError' }
  const media = new LocalMedia()
  await media.open()
  expect([media.state.sources, media.state.problems]).toEqual([
    {},
    { camera: 'refused', mic: 'missing' },
  ])
  refuse = {}
  await media.mute('mic', false)
  expect(media.state.sources).toEqual({ mic: { muted: false } })
})

test('plain http from elsewhere has no devices at all, and says why', async () => {
  stub(undefined)
  const media = new LocalMedia()
  await media.open()
  expect(media.state.problems).toEqual({ mic: 'insecure', camera: 'insecure' })
})

test('a camera switched off sends nothing and its light goes out', async () => {
  const media = new LocalMedia()
  await media.open()
  const camera = media.tracks.camera as unknown as FakeTrack
  await media.mute('camera', true)
  expect([camera.stopped, media.tracks.camera, media.state.sources.camera]).toEqual([
    true,
    undefined,
    { muted: true },
  ])
  await media.mute('camera', false)
  expect(media.tracks.camera).not.toBe(camera)
  expect(media.state.sources.camera).toEqual({ muted: false })
})

test.each([
  ['NotReadableError', 'busy', 'video-2'],
  ['NotAllowedError', 'refused', 'video-2'],
  ['OverconstrainedError', 'missing', 'video-1'],
])(
  'a camera that cannot be opened again (%s) is not published as on',
  async (name, problem, next) => {
    const media = new LocalMedia()
    await media.open()
    await media.choose('camera', 'video-2')
    await media.mute('camera', true)
    refuse = { video: name }
    await media.mute('camera', false)
    expect([media.state.sources, media.tracks.camera, media.state.problems]).toEqual([
      { mic: { muted: false } },
      undefined,
      { camera: problem },
    ])
    refuse = {}
    await media.mute('camera', false)
    expect(media.state.sources.camera).toEqual({ muted: false })
    expect([media.state.chosen.camera, media.state.problems]).toEqual([next, {}])
  },
)

test('a camera is on when the browser has given it, not before', async () => {
  const media = new LocalMedia()
  await media.open()
  await media.mute('camera', true)
  let give: () => void = () => undefined
  answer = new Promise((done) => {
    give = done
  })
  const on = media.mute('camera', false)
  expect([media.state.sources.camera, media.tracks.camera]).toEqual([{ muted: true }, undefined])
  give()
  await on
  expect(media.state.sources.camera).toEqual({ muted: false })
})

test('another camera that is not to be had leaves the one that runs', async () => {
  const media = new LocalMedia()
  await media.open()
  refuse = { video: 'NotReadableError' }
  await media.choose('camera', 'video-2')
  expect(media.state.sources.camera).toEqual({ muted: false })
  expect([media.state.chosen.camera, media.state.problems.camera]).toEqual(['video-1', 'busy'])
})

test('a camera chosen while it is off is opened when it is switched on', async () => {
  const media = new LocalMedia()
  await media.open()
  await media.mute('camera', true)
  await media.choose('camera', 'video-2')
  expect([asked.length, media.state.sources.camera]).toEqual([1, { muted: true }])
  expect(media.state.chosen.camera).toBe('video-2')
  await media.mute('camera', false)
  expect((media.tracks.camera as unknown as FakeTrack).deviceId).toBe('video-2')
})

test('whoever joins with audio before there is a camera is not seen when there is one', async () => {
  const media = new LocalMedia()
  const opening = media.open()
  await media.mute('camera', true)
  await opening
  expect([media.state.sources.camera, media.tracks.camera]).toEqual([{ muted: true }, undefined])
  await media.mute('camera', false)
  expect(media.state.sources.camera).toEqual({ muted: false })
})

test('a camera switched off while the browser asks stays off', async () => {
  const media = new LocalMedia()
  await media.open()
  const choosing = media.choose('camera', 'video-2')
  await media.mute('camera', true)
  await choosing
  expect([media.state.sources.camera, media.tracks.camera]).toEqual([{ muted: true }, undefined])
  expect(media.state.stream.getVideoTracks()).toHaveLength(1)
})

test('a microphone that is switched on after it was lost is not muted', async () => {
  const media = new LocalMedia()
  await media.open()
  await media.mute('mic', true)
  ;(media.tracks.mic as unknown as FakeTrack).onended?.()
  await media.mute('mic', false)
  expect([media.state.sources.mic, media.tracks.mic?.enabled]).toEqual([{ muted: false }, true])
})

test('a muted microphone stays muted on another device', async () => {
  const media = new LocalMedia()
  await media.open()
  await media.mute('mic', true)
  await media.choose('mic', 'audio-2')
  expect([media.state.sources.mic, media.state.chosen.mic]).toEqual([{ muted: true }, 'audio-2'])
  expect(media.tracks.mic?.enabled).toBe(false)
})

test('an unplugged camera is gone from what is published', async () => {
  const media = new LocalMedia()
  await media.open()
  ;(media.tracks.camera as unknown as FakeTrack).onended?.()
  expect([media.state.sources.camera, media.state.problems.camera]).toEqual([undefined, 'missing'])
})

test('a shared screen ends with the button of the browser too', async () => {
  const media = new LocalMedia()
  await media.shareScreen()
  expect(media.state.sources.screen).toEqual({ muted: false })
  ;(media.tracks.screen as unknown as FakeTrack).onended?.()
  expect([media.state.sources.screen, media.state.screenStream]).toEqual([undefined, null])
})

test('disposing stops every device', async () => {
  const media = new LocalMedia()
  await media.open()
  const all = Object.values(media.tracks) as unknown as FakeTrack[]
  media.dispose()
  expect(all.map((each) => each.stopped)).toEqual([true, true])
})

test('an id is made without a secure context too', () => {
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) })
  expect(newId()).toBe('07'.repeat(16))
})

test('the chosen loudspeaker is kept until it is unplugged', async () => {
  let plugged = ['default', 'desk']
  let changed: () => void = () => undefined
  stub({
    enumerateDevices: async () => plugged.map((deviceId) => ({ kind: 'audiooutput', deviceId })),
    addEventListener: (_: string, listener: () => void) => {
      changed = listener
    },
    removeEventListener: () => undefined,
  })
  const media = new LocalMedia()
  expect(media.state.speaker).toBe('default')
  media.chooseSpeaker('desk')
  changed()
  await vi.waitFor(() => expect(media.state.devices).toHaveLength(2))
  expect(media.state.speaker).toBe('desk')
  plugged = ['default']
  changed()
  await vi.waitFor(() => expect(media.state.speaker).toBe('default'))
})

test('at rest nothing is open, what comes late is stopped, and it opens again as it was', async () => {
  const media = new LocalMedia()
  await media.open()
  await media.shareScreen()
  const open = Object.values(media.tracks) as unknown as FakeTrack[]
  await media.mute('camera', true)
  media.rest()
  expect(open.map(({ stopped }) => stopped)).toEqual([true, true, true])
  expect([media.state.sources, media.state.stream.getTracks()]).toEqual([{}, []])

  const late = media.open()
  media.rest()
  await late
  expect(media.state.sources).toEqual({})
  await media.open()
  expect(media.state.sources).toEqual({ mic: { muted: false } }) // the camera was off
  await media.mute('camera', false)
  expect(media.state.sources.camera).toEqual({ muted: false })
})

test('at rest the browser is not asked for the one device that may work', async () => {
  refuse = { video: 'NotAllowedError' }
  const media = new LocalMedia()
  const opening = media.open()
  media.rest()
  await opening
  expect([asked.length, media.state.sources]).toEqual([1, {}])
})
