/** The frame of every page behind the sign-in: top bar, bar of a lost connection, page. */
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { skew } from '../api/clock'
import { useLiveState } from '../api/useLive'
import css from './Shell.module.css'
import { SilentBar } from './SilentBar'
import { TopBar } from './TopBar'

const SKEW_MS = 5_000

/** `above` is shown above every page: stat calls. */
export function Shell({ above }: { above?: ReactNode }) {
  const { t } = useTranslation()
  const live = useLiveState()
  const off = Math.abs(skew())
  return (
    <>
      <TopBar />
      {live === 'waiting' && (
        <p className={css.bar} role="status">
          {t('state.offline_short')}
        </p>
      )}
      {live !== 'waiting' && <SilentBar />}
      {off > SKEW_MS && (
        <p className={css.bar} role="status">
          {t('state.clock_off', { seconds: String(Math.round(off / 1000)) })}
        </p>
      )}
      {above}
      <main id="main" className={css.main}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
    </>
  )
}

/** What a page that fills the window says instead of itself, as other pages say it. */
export function UnderBar({ children }: { children: ReactNode }) {
  return (
    <>
      <TopBar />
      <main id="main" className={css.main}>
        {children}
      </main>
    </>
  )
}

/** Tells the page how much of the window's height is taken, whatever the words and the width: the controls at its foot
 *  stay in sight. */
const measured = (over: HTMLDivElement) => {
  const tell = () => over.parentElement?.style.setProperty('--over', `${over.offsetHeight}px`)
  const watch = new ResizeObserver(tell)
  watch.observe(over)
  return () => watch.disconnect()
}

/** The frame of pages that fill the window; what lies over it takes of its height while it rings or the server is silent. */
export function Whole({ over }: { over: ReactNode }) {
  return (
    <div className={css.whole}>
      <div ref={measured} className={css.over}>
        <SilentBar />
        {over}
      </div>
      <Suspense fallback={null}>
        <Outlet />
      </Suspense>
    </div>
  )
}
