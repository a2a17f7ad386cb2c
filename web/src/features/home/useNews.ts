/** Tells whoever has a page open that something new has come: a soft tone, how much in the title and, while they look
 *  elsewhere, a notification of the browser. What rings has its own bell. */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { chime, unlockBell } from '../../kit/bell'
import { notify } from '../../kit/notification'
import { countInTitle } from '../../kit/tabTitle'
import { useNoticeWords } from './noticeWords'

type Notices = Schemas['NoticeList']
type Notice = Notices['items'][number]

/** Of several tabs the one that is looked at tells, so the others wait a moment. */
const AFTER_MS = 500
/** And for so long no other tells of the same. */
const ALONE_MS = 5000
/** Held by the tabs in which nothing sounds. */
const SILENT = 'notices/silent'

const toldAt = ({ told_at }: Notice) => Date.parse(told_at)
const isNew = ({ seen_at, ended_at }: Notice) => seen_at === null && ended_at === null

/** `silent`: somebody is in a call, or looks at images. */
export function useNews(notices: Notices | undefined, silent: boolean): void {
  const { t, i18n } = useTranslation()
  const words = useNoticeWords()
  const known = useRef<number | null>(null)
  const count = notices?.new ?? 0
  useEffect(unlockBell, [])
  useEffect(() => (silent ? keepSilent() : undefined), [silent])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language names the tab anew
  useEffect(() => countInTitle(count), [count, i18n.language])
  useEffect(() => () => countInTitle(0), [])
  useEffect(() => {
    if (!notices) return
    const before = known.current
    known.current = Math.max(before ?? 0, ...notices.items.map(toldAt))
    // What waited already when the page was opened, the bell counts.
    if (before === null) return
    const news = notices.items.find((each) => isNew(each) && toldAt(each) > before)
    if (news) void tell(news.id, t('notices.come'), words(news), silent)
  }, [notices, silent, t, words])
}

async function tell(id: string, title: string, body: string, silent: boolean): Promise<void> {
  const away = !document.hasFocus()
  if (away) await pause(AFTER_MS)
  await alone(`notice/${id}`, async () => {
    if (!silent && !(await silentElsewhere())) chime()
    if (away) notify(title, { body, tag: id })
  })
}

/** Not if another tab of this browser has just done so; without locks (plain http from another computer) each does. */
async function alone(name: string, act: () => Promise<void>): Promise<void> {
  const { locks } = navigator
  if (!locks) return act()
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return undefined
    await act()
    return pause(ALONE_MS)
  })
}

/** Somebody is in a call, or looks at images, in this tab: no tab of this browser sounds. Returns what ends that. */
function keepSilent(): () => void {
  let end = () => {}
  const until = new Promise<void>((resolve) => {
    end = resolve
  })
  void navigator.locks?.request(SILENT, { mode: 'shared' }, () => until)
  return () => end()
}

async function silentElsewhere(): Promise<boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return held.some(({ name }) => name === SILENT)
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
