/** Asks before something that is not saved is left behind: for another page or year, by a reload, or with its drawer. */
import { type ReactNode, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Dialog } from './Dialog'
import { addUnsaved, firstUnsaved, isOfAddress, type Scope, watchUnsaved } from './unsaved'

export function Leaving({ unsaved, scope = 'address' }: { unsaved: boolean; scope?: Scope }) {
  useReloadAsks(unsaved)
  const asks = useAsksForAll(unsaved, scope)
  return asks && <Question />
}

function Question() {
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) =>
      from.pathname !== to.pathname || (isOfAddress() && from.search !== to.search),
  )
  if (blocker.state !== 'blocked') return null
  return <LeaveQuestion onLeave={() => blocker.proceed()} onStay={() => blocker.reset()} />
}

/** The router asks one only: of several parts of a page, say a report and the marks on its images, the first. */
function useAsksForAll(unsaved: boolean, scope: Scope): boolean {
  const [me] = useState(() => Symbol())
  useLayoutEffect(() => (unsaved ? addUnsaved(me, scope) : undefined), [me, unsaved, scope])
  return useSyncExternalStore(watchUnsaved, firstUnsaved) === me && unsaved
}

/** Of a drawer that has no address of its own: `leave` closes it, and asks first where something is not saved. */
export function useLeaving(
  unsaved: boolean,
  close: () => void,
): { leave: () => void; question: ReactNode } {
  const [asked, setAsked] = useState(false)
  return {
    leave: () => (unsaved ? setAsked(true) : close()),
    question: (
      <>
        <Leaving unsaved={unsaved} />
        {asked && <LeaveQuestion onLeave={close} onStay={() => setAsked(false)} />}
      </>
    ),
  }
}

/** What is asked before something unsaved is left. */
export function LeaveQuestion({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('unsaved.title')}
      confirm={t('unsaved.leave')}
      keep={t('unsaved.stay')}
      danger
      onConfirm={onLeave}
      onClose={onStay}
    >
      <p>{t('unsaved.text')}</p>
    </Dialog>
  )
}

/** The browser asks, in its own words. */
function useReloadAsks(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
}
