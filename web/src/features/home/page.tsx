/** Home: what rings, what is next, what waits for me, my day. */
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useRole, useSession } from '../../api/session'
import { withAdminWords, withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { FirstHints } from '../../kit/FirstHints'
import { Loaded } from '../../kit/Loaded'
import { seesCases } from '../../kit/nav'
import { PanelSkeleton } from '../../kit/Skeletons'
import { CentreDay } from './CentreDay'
import { Exceptions } from './Exceptions'
import { FollowUp } from './FollowUp'
import css from './home.module.css'
import { NextUp } from './NextUp'
import { NotifyAsk } from './NotifyAsk'
import { homeQuery, todayQuery } from './queries'
import { Schedule } from './Schedule'
import { countOf } from './sections'
import { Today } from './Today'
import type { Waiting } from './view'
import { WorkList } from './WorkList'

const FirstSteps = lazy(() => withAdminWords(import('./FirstSteps')))
const Quality = lazy(() => withAdminWords(import('./Quality')))
const ReadsToday = lazy(() => withAdminWords(import('./ReadsToday')))
const MyReading = lazy(() => withWords(MORE, import('./MyReading')))
const WardBoards = lazy(() => withWords(MORE, import('./WardBoards')))
const Meanwhile = lazy(() => import('./Meanwhile'))

const FOLLOWERS = [
  'requesting_doctor',
  'bed_doctor',
  'senior_doctor',
  'reviewer',
  'expert',
  'coordinator',
  'quality_officer',
] as const

const nothingWaits = (waiting: Waiting) => countOf('all', waiting) === 0

const day = <PanelSkeleton rows={4} rowHeight={57} cells={[44, '60%']} />
const skeleton = (
  <div className={css.grid}>
    <div className={css.main}>
      <PanelSkeleton rows={1} rowHeight={32} height={80} cells={['40%', '20%']} />
      <PanelSkeleton rows={11} cells={[56, 96, 104, 136, '28%', '10%', 80]} />
    </div>
    <div className={css.aside}>{day}</div>
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const takesPart = useRole('expert', 'accompanying_physician', 'requesting_doctor')
  const administers = useRole('administrator')
  const checks = useRole('quality_officer')
  const oversees = useRole('reviewer')
  const runs = useRole('coordinator')
  const runsWard = useRole('charge_nurse')
  const follows = useRole(...FOLLOWERS)
  const radiologist = useRole('radiologist')
  const { roles, actor, hospitals } = useSession()
  const hub = hospitals.find(({ id }) => id === actor.hospital_id)?.kind === 'hub'
  return (
    <>
      <h1 className="unseen">{t('home.title')}</h1>
      <Loaded query={homeQuery()} what={t('home.title')} skeleton={skeleton}>
        {(home) => (
          <>
            <div className={css.grid}>
              <div className={css.main}>
                <FirstHints />
                <NotifyAsk />
                {administers && (
                  <Suspense fallback={null}>
                    <FirstSteps />
                  </Suspense>
                )}
                <Exceptions />
                {checks && (
                  <Suspense fallback={null}>
                    <Quality />
                  </Suspense>
                )}
                {(home.next[0] || takesPart) && <NextUp next={home.next[0] ?? null} />}
                <Today others={home.next.slice(1)} />
                <WorkList work={home.work} />
                {radiologist && hub && (
                  <Suspense fallback={null}>
                    <MyReading />
                  </Suspense>
                )}
                {runsWard && !hub && (
                  <Suspense fallback={null}>
                    <WardBoards />
                  </Suspense>
                )}
                {oversees && (
                  <Suspense fallback={null}>
                    <ReadsToday />
                  </Suspense>
                )}
                {(nothingWaits(home.work.waiting) || !seesCases(roles)) && (
                  <Suspense fallback={null}>
                    <Meanwhile />
                  </Suspense>
                )}
              </div>
              <div className={css.aside}>
                {runs && <CentreDay />}
                {(!runs || takesPart) && (
                  <Loaded query={todayQuery()} what={t('home.schedule')} skeleton={day}>
                    {(entries) => <Schedule entries={entries} />}
                  </Loaded>
                )}
                {follows && <FollowUp />}
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}
