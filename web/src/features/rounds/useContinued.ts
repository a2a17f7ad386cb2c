/** 转为会诊: the request of a consultation, begun with what the round said. It opens in a tab of its own, because the
 *  round goes on in this one. */
import { openTab } from '../../api/atDevice'
import { body, client } from '../../api/client'
import { useRole } from '../../api/session'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import type { Item, Round } from './queries'

const NOT_YET: ReadonlySet<Item['state']> = new Set(['proposed', 'removed'])

/** Null for who may not, and while nobody is confirmed in this bed. */
export function useContinued(round: Round, item: Item): { busy: boolean; act: () => void } | null {
  const requests = useRole('requesting_doctor')
  const act = useAct({
    run: async (tab: Window | null) => {
      const begun = await body(
        client.POST('/api/rounds/items/{id}/consultation', { params: { path: { id: item.id } } }),
      )
      const path = paths.request(begun.consultation_id)
      if (tab) tab.location.href = path
      else window.location.assign(path)
    },
    changes: { request: '*' },
  })
  if (!requests || !round.capacities.includes('doctor') || NOT_YET.has(item.state)) return null
  /** Opens the window during the click, because later a browser would block it. */
  const open = () => {
    if (act.isRunning(null)) return
    const tab = openTab('')
    act.mutate(tab, { onError: () => tab?.close() })
  }
  return { busy: act.isPending, act: open }
}
