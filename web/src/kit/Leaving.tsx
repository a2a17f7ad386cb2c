/** Asks before something that is not saved is left behind: for another page or year, by a reload, or with its drawer. */
import { type ReactNode, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Dialog } from './Dialog'
import {
  addPart,
  anyUnsaved,
  firstPart,
  isOfAddress,
  type Scope,
  setUnsaved,
  watchUnsaved,
} from './unsaved'

export function Leaving({ unsaved, scope = 'address' }: { unsaved: boolean; scope?: Scope }) {
  useReloadAsks(unsaved)
  const asks = useAsksForAll(unsaved ? scope : null)
  return asks && <Question />
}

// It stands before anything is typed: the router hears of it some moments late, and Escape may follow a key at once.
function Question() {
  const unsaved = useSyncExternalStore(watchUnsaved, anyUnsaved)
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) =>
      (from.pathname !== to.pathname && anyUnsaved()) ||
      (isOfAddress() && from.search !== to.search),
  )
  useEffect(() => {
    if (!unsaved && blocker.state === 'blocked') blocker.reset()
  }, [unsaved, blocker])
  if (!unsaved || blocker.state !== 'blocked') return null
  return <LeaveQuestion onLeave={() => blocker.proceed()} onStay={() => blocker.reset()} />
}

/** The router asks one only: of several parts of a page, say a report and the marks on its images, the first. */
function useAsksForAll(left: Scope | null): boolean {
  const [me] = useState(() => Symbol())
  useLayoutEffect(() => addPart(me), [me])
  useLayoutEffect(() => setUnsaved(me, left), [me, left])
  return useSyncExternalStore(watchUnsaved, firstPart) === me
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
