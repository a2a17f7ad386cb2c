/** An open case counts as having seen its notices. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { allChanged } from '../../api/stale'
import { paths } from '../../paths'
import { device, untilHeard, whenPresent } from './seen'

type Notice = Schemas['NoticeOut']

const PAGES = [paths.consultation, paths.request, paths.room]

/** Whoever sits before a case has seen the notices about it. What rings is no notice: it rings on. */
export function useSeenHere(items: readonly Notice[]): void {
  const queries = useQueryClient()
  const { pathname } = useLocation()
  const here = items.find(
    ({ activity_id, seen_at, title }) =>
      seen_at === null &&
      activity_id !== null &&
      title !== '' &&
      PAGES.some((page) => page(activity_id) === pathname),
  )
  const [id, about] = [here?.id, here?.activity_id]
  useEffect(() => {
    if (!id || !about) return
    const say = async () => {
      await read(id, about)
      await allChanged(queries, { notices: '*' })
    }
    return whenPresent(() => untilHeard(say))
  }, [id, about, queries])
}

/** This notice and what came before it, or only what of that is about one activity. */
export const read = (id: string, about: string | null) =>
  body(
    client.POST('/api/home/notices/{id}/seen', {
      params: { path: { id } },
      body: { device: device(), about },
    }),
  )
