/** What home knows of each kind of activity. Of a kind that is not here, from a newer server, it shows what the
 *  server says and links nowhere: a page of another kind would be the wrong one. */
import type { ComponentType } from 'react'
import { paths } from '../../paths'
import type { CallProps } from './CallBand'
import { ConsultationCall } from './ConsultationCall'

type ActivityKind = {
  page: (id: string) => string
  room: (id: string) => string
  /** Its call in the red band, with how it is taken; a kind that never calls has none. */
  Call?: ComponentType<CallProps>
}

const KINDS: ReadonlyMap<string, ActivityKind> = new Map([
  ['consultation', { page: paths.consultation, room: paths.room, Call: ConsultationCall }],
  // Its page leads on: who leads it enters elsewhere than who follows.
  ['round', { page: paths.round, room: paths.round }],
])

export const kindOf = (activity: string | null): ActivityKind | undefined =>
  activity === null ? undefined : KINDS.get(activity)
