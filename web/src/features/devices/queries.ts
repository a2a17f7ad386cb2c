/** What a device's own screen asks, by its own cookie; and the list of an administrator. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Problem, type Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import type { DeviceReport } from '../../call'
import { testOf } from '../room/visit/queries'

export type Device = Schemas['DeviceOut']
export type Devices = Schemas['DeviceList']
export type Here = Schemas['HereOut']
export type Registered = Schemas['RegisteredOut']

/** While its code waits to be entered somebody stands before the screen. */
const WAITING_MS = 3_000
const AGAIN_MS = 20_000
const ENTER_MS = 2_000

/** How long the last answer took, in milliseconds: the site board draws it. */
let took: number | null = null

export const hereQuery = () =>
  queryOptions<Here, Problem>({
    queryKey: ['device', 'here'],
    queryFn: async ({ signal }) => {
      const sentAt = Date.now()
      const query = { ...(took !== null && { took }) }
      took = null
      const here = await body(client.GET('/api/devices/here', { params: { query }, signal }))
      took = Math.min(60_000, Date.now() - sentAt)
      syncClock(here.server_time, sentAt)
      return here
    },
    retry: false,
    refetchInterval: ({ state }) => (state.data?.registered ? AGAIN_MS : WAITING_MS),
  })

export const devicesQuery = () =>
  queryOptions({
    queryKey: ['devices'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/devices', { signal })),
  })

const SECRET = /^#take=([\w-]{20,100})$/
/** The demonstration's link to its cart has the cart's secret behind a #, which no server's log keeps. */
export const takenBy = (hash: string): string | null => SECRET.exec(hash)?.[1] ?? null
export const takeDevice = (secret: string) =>
  body(client.POST('/api/devices/take', { body: { secret } }))

/** A code by which somebody signs in here with their telephone. */
export const newEntry = () => body(client.POST('/api/devices/entries'))

/** Whether a telephone has confirmed the code; then this browser has that person's sign-in. */
export const enterQuery = (code: string) =>
  queryOptions({
    queryKey: ['device', 'enter', code],
    queryFn: async ({ signal }) =>
      (await body(client.POST('/api/devices/enter', { signal }))).entered,
    retry: false,
    gcTime: 0,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data ? false : ENTER_MS),
  })

export const enterByBadge = (badge: string, pin: string) =>
  body(client.POST('/api/devices/badge', { body: { badge, pin } }))

export const leaveHere = (why: Schemas['DeviceLeave']['why']) =>
  body(client.POST('/api/devices/leave', { body: { why } }))

/** The ticket for the room of the meeting that is booked here. */
export const ticketHere = () => body(client.POST('/api/devices/ticket'))

export const actHere = () => body(client.POST('/api/devices/acts'))

export const newCode = () => body(client.POST('/api/devices/code'))

export const callCentre = () => body(client.POST('/api/devices/call'))

export const iceServersHere = (): Promise<RTCIceServer[]> =>
  body(client.GET('/api/devices/ice-servers')).then(
    (found) => found.ice_servers,
    () => [],
  )

export const keepTestHere = (found: DeviceReport) =>
  body(client.POST('/api/devices/tests', { body: testOf(found) }))
