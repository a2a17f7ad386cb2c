/** What a hospital's administrator reads and changes of its system and its imaging devices. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Problem, type Schemas } from '../../api/client'
import { useAct } from '../../kit/useAct'

export type Sources = Schemas['SourcesOut']
export type System = Schemas['SystemOut']
export type SystemKind = Schemas['SystemKind']
export type Typed = Required<Schemas['SystemIn']>
export type Tried = Schemas['TriedOut']

/** What is heard comes by itself: looked at again now and then. */
const AGAIN_MS = 15_000

export const sourcesQuery = () =>
  queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/sources', { signal })),
    refetchInterval: AGAIN_MS,
  })

type Refused = (problem: Problem) => boolean

export function useSaveSystem(system: System | null, onDone: () => void, onProblem: Refused) {
  const { t } = useTranslation()
  return useAct({
    run: (typed: Typed) =>
      body(
        client.PUT('/api/admin/sources/system', {
          params: { header: ifMatch(system?.version ?? 0) },
          body: typed,
        }),
      ),
    changes: { source: '*' },
    done: t('systems.saved'),
    onDone,
    onProblem,
  })
}

export function useRemoveSystem(system: System, onDone: () => void) {
  const { t } = useTranslation()
  return useAct({
    run: () =>
      body(
        client.DELETE('/api/admin/sources/system', {
          params: { header: ifMatch(system.version) },
        }),
      ),
    changes: { source: '*' },
    done: t('systems.removed'),
    onDone,
  })
}

export const tryIt = (number: string): Promise<Tried> =>
  body(client.POST('/api/admin/sources/system/try', { body: { number } }))

export function useAddDevice(onDone: () => void, onProblem: Refused) {
  const { t } = useTranslation()
  return useAct({
    run: (device: { title: string; name: string }) =>
      body(client.POST('/api/admin/sources/ae-titles', { body: device })),
    changes: { source: '*' },
    done: t('systems.added'),
    onDone,
    onProblem,
  })
}

export function useRemoveDevice(onDone: () => void) {
  const { t } = useTranslation()
  return useAct({
    run: (title: string) =>
      body(client.DELETE('/api/admin/sources/ae-titles/{title}', { params: { path: { title } } })),
    changes: { source: '*' },
    done: t('systems.withdrawn'),
    onDone,
  })
}
