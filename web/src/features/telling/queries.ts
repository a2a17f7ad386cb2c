/** How I am told outside the pages, and how my hospital's groups are. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'

export type Choice = Schemas['ChoiceOut']
export type Outside = Schemas['OutsideOut']
export type Robot = Schemas['RobotOut']
export type NotSent = Schemas['NotSent']

export const choiceQuery = () =>
  queryOptions({
    queryKey: ['choice'],
    queryFn: ({ signal }) => body(client.GET('/api/notices/choice', { signal })),
  })

/** Messages that wait go out by themselves: looked at again now and then. */
const AGAIN_MS = 15_000

export const outsideQuery = () =>
  queryOptions({
    queryKey: ['outside'],
    queryFn: ({ signal }) => body(client.GET('/api/notices/outside', { signal })),
    refetchInterval: AGAIN_MS,
  })
