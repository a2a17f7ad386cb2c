/** Approving from the list: sent after ten seconds, until then it can be taken back; at once when the page is left. */
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { sendAct } from '../../consultation/perform'
import { usePatientWords } from '../../kit/patient'
import { beforeLeaving } from '../../kit/unsent/leaving'
import { useAct } from '../../kit/useAct'
import { Held, type Waiting } from './held'
import type { OneClick } from './how'
import type { Work } from './view'

export type Approval = { item: Work; act: OneClick }

export type Approvals = {
  waiting: Waiting
  approve: (...all: Approval[]) => void
  takeBack: (id: string) => void
}

export function useApprovals(): Approvals {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const sending = useAct<Approval, OneClick>({
    of: ({ item }) => item.id,
    run: async ({ item, act }) => {
      const target = { id: item.activity_id ?? item.about_id, version: item.version ?? 0 }
      await sendAct(target, { act })
      return act
    },
    // Of what the failure speaks, because it comes later than the click.
    about: ({ item: { patient } }) => (patient ? brief(patient) : ''),
    changes: { consultation: '*', booking: '*' },
    done: (act) => t(`acts.done.${act}`),
  })
  const send = useRef(sending.mutateAsync)
  useEffect(() => {
    send.current = sending.mutateAsync
  })
  const held = useMemo(
    // A failure is said by the act itself, and the item is still in the list.
    () => new Held<Approval>((one) => send.current(one).catch(() => undefined), serverNow),
    [],
  )
  useEffect(() => {
    const leave = () => void held.sendAll()
    const hide = () => {
      if (document.visibilityState === 'hidden') leave()
    }
    const stop = beforeLeaving(held.sendAll)
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      stop()
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      leave()
    }
  }, [held])
  return {
    waiting: useSyncExternalStore(held.subscribe, held.view),
    approve: (...all) => {
      for (const one of all) held.hold(one.item.id, one)
    },
    takeBack: (id) => held.takeBack(id),
  }
}
