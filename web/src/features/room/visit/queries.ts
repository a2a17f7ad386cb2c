/** The room's queries besides the consultation, and how long a device test counts. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../../api/client'
import { serverNow } from '../../../api/clock'
import type { DeviceReport } from '../../../call'

export type LastTest = Schemas['DeviceTestOut'] | null

const COUNTS_MS = 24 * 3_600_000
const SOME_MS = 60_000

export const lastTestQuery = () =>
  queryOptions({
    queryKey: ['device-test', 'last'],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/device-tests/last', { signal }))).last,
    // What has passed is asked once on the way to the room; what has not may have just been tested in another tab.
    staleTime: ({ state }) => (passedLately(state.data ?? null, serverNow()) ? SOME_MS : 0),
  })

export const passedLately = (last: LastTest, now: number): boolean =>
  Boolean(last?.camera && last.microphone && last.network) &&
  now - Date.parse(last?.at ?? '') < COUNTS_MS

/** The ICE servers of a call; none if the request fails, so that the test runs without relays. */
export const iceServers = (): Promise<RTCIceServer[]> =>
  body(client.GET('/api/device-tests/ice-servers')).then(
    (found) => found.ice_servers,
    () => [],
  )

const seen = (found: DeviceReport['camera']) => ({
  state: found.state,
  value: found.value ?? null,
  label: found.label ?? null,
})

/** A test's result as it is kept; a quiet microphone counts as passed. */
export const testOf = ({ camera, microphone, signaling, media, relay }: DeviceReport) => ({
  camera: camera.state === 'ok',
  microphone: microphone.state === 'ok' || microphone.state === 'silent',
  network: signaling.state === 'ok' && (media.state === 'ok' || media.state === 'missing'),
  details: {
    camera: seen(camera),
    microphone: seen(microphone),
    signaling: seen(signaling),
    media: seen(media),
    relay: relay && seen(relay),
  },
})

export const keepTest = (found: DeviceReport) =>
  body(client.POST('/api/device-tests', { body: testOf(found) }))
