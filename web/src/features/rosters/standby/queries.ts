/** What the page of standing by reads, and what is done there. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../../api/client'
import { useRole, useSession } from '../../../api/session'
import { paths } from '../../../paths'

export type OwnStandby = Schemas['OwnStandby']

/** Whether emergencies ring at this person: only at a hub. */
export function useRung(): boolean {
  const { actor, hospitals } = useSession()
  const may = useRole('expert', 'coordinator', 'duty_officer')
  return may && hospitals.some(({ id, kind }) => id === actor.hospital_id && kind === 'hub')
}

/** Until when somebody is away at this moment; undefined if they are there. */
export const awayOf = ({ away }: OwnStandby, id: string, now: number) =>
  away.find(({ staff_id, until }) => staff_id === id && Date.parse(until) > now)

/** That a colleague has begun, or a shift is over, no hint says. */
const AGAIN_MS = 30_000

/** Under the key of who is on duty, which every change of a roster makes stale. */
export const standbyQuery = () =>
  queryOptions({
    queryKey: ['on-duty', 'standby'],
    queryFn: ({ signal }) => body(client.GET('/api/standby', { signal })),
    refetchInterval: AGAIN_MS,
    refetchIntervalInBackground: true,
  })

export type Shift = Schemas['DutyShiftOut']

/** Under the key of home, which what happens to consultations and rounds makes stale. */
export const shiftQuery = () =>
  queryOptions({
    queryKey: ['home', 'shift'],
    queryFn: ({ signal }) => body(client.GET('/api/home/shift', { signal })),
    refetchInterval: AGAIN_MS,
  })

export const weekQuery = () =>
  queryOptions({
    queryKey: ['home', 'calls'],
    queryFn: ({ signal }) => body(client.GET('/api/home/calls', { signal })),
    refetchInterval: AGAIN_MS,
  })

const PAGES: ReadonlyMap<string, (id: string) => string> = new Map([
  ['consultation', paths.consultation],
  ['round', (id: string) => paths.round(id)],
  ['critical_finding', paths.criticalFinding],
])

/** Nothing of a kind from a newer server, whose page is not known. */
export const pageOf = (activity: string, id: string): string | undefined =>
  PAGES.get(activity)?.(id)

export const beginStandby = (proof: string) =>
  body(client.POST('/api/standby', { body: { proof } }))
export const stepAway = (minutes: number) =>
  body(client.POST('/api/standby/away', { body: { minutes } }))
export const comeBack = () => body(client.POST('/api/standby/back'))
export type HandOver = Schemas['HandOverOut']

/** Whose answer is awaited here. */
export const askedOf = ({ hand_overs }: OwnStandby) =>
  hand_overs.filter(({ by_me, answer }) => !by_me && answer === null)

export const shiftsToHandQuery = () =>
  queryOptions({
    queryKey: ['on-duty', 'shifts'],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/standby/shifts', { signal }))).items,
  })
export const offerShift = (offer: Schemas['HandOverIn']) =>
  body(client.POST('/api/standby/hand-overs', { body: offer }))
const of = (id: string) => ({ params: { path: { id } } })
export const answerHandOver = ({ id, accepts }: { id: string; accepts: boolean }) =>
  body(client.POST('/api/standby/hand-overs/{id}/answer', { ...of(id), body: { accepts } }))
export const withdrawHandOver = (id: string) =>
  body(client.POST('/api/standby/hand-overs/{id}/withdraw', of(id)))

export const leaveStandby = () => body(client.POST('/api/standby/leave'))
