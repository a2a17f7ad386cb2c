/** All routes. Each page is a chunk; its data are fetched while the chunk loads. */
import { lazy, type ReactNode, Suspense } from 'react'
import { createBrowserRouter, matchPath, type RouteObject } from 'react-router'
import { adminRoutes } from './adminRoutes'
import { ahead, later } from './api/ahead'
import { queryClient } from './api/queries'
import { useRole } from './api/session'
import { consultationQuery } from './consultation/queries'
import { CriticalFindings } from './features/criticalFindings/Here'
import { homeQuery } from './features/home/queries'
import { Search } from './features/home/Search'
import { requestQuery } from './features/requests/queries'
import { lastTestQuery } from './features/room/visit/queries'
import { LeftHere } from './features/rounds/LeftHere'
import { SignedIn } from './features/signin/SignedIn'
import { withAdminWords, withRoomWords, withWords } from './i18n'
import { HOME, REQUESTS, SCHEDULING } from './i18n/words'
import { Ahead } from './kit/AheadLink'
import { Aside } from './kit/Aside'
import { shownIfBroken } from './kit/brokenPage'
import { WithNotices } from './kit/notices'
import { Opening } from './kit/Opening'
import { NotFound, PageError } from './kit/PageError'
import { RingsBroken } from './kit/RingsBroken'
import { Root } from './kit/Root'
import { Shell, UnderBar, Whole } from './kit/Shell'
import { BellPlace } from './kit/TopBar'
import { patterns } from './paths'

const Ringing = lazy(() => import('./features/home/Ringing'))
const Notices = lazy(() => import('./features/home/Notices'))
const Standing = lazy(() =>
  import('./features/rosters/standby/standing').then(({ standing }) => standing()),
)

const home = ahead(() => void queryClient.prefetchQuery(homeQuery()))
const roomPage = () => withRoomWords(import('./features/room/page'))
const roomData = (id: string) => {
  void queryClient.prefetchQuery(consultationQuery(id))
  void queryClient.prefetchQuery(lastTestQuery())
}
const room = ahead(({ id = '' }) => roomData(id))
const consultation = ahead(({ id = '' }) => void queryClient.prefetchQuery(consultationQuery(id)))
const imagesPage = () => import('./features/studies/imagesPage')
const firstImage = async (id: string) => (await import('./features/studies/ahead')).imagesAhead(id)
const images = ahead(({ id = '' }) => {
  void queryClient.prefetchQuery(consultationQuery(id))
  // Wait until the requests are sent, so that the page does not send them too; not for the answers.
  return firstImage(id).catch(later)
})
const reading = () => import('./features/reading')
const mpr = () => import('./features/mpr')
const rounds = () => import('./features/rounds')
const critical = () => import('./features/criticalFindings')
const request = ahead(({ id = '' }) => void queryClient.prefetchQuery(requestQuery(id)))

/** Pages with the top bar. */
const underTheBar: RouteObject[] = [
  {
    path: patterns.home,
    loader: home,
    lazy: () => withWords(HOME, import('./features/home/page')),
  },
  {
    path: patterns.consultations,
    lazy: () => import('./features/consultations/list'),
  },
  {
    path: patterns.consultation,
    loader: consultation,
    lazy: () => import('./features/consultations/page'),
  },
  {
    path: patterns.booking,
    loader: consultation,
    lazy: () => withWords(SCHEDULING, import('./features/scheduling/page')),
  },
  {
    path: patterns.upload,
    loader: consultation,
    lazy: () => import('./features/studies/uploadPage'),
  },
  {
    path: patterns.studies,
    lazy: () => import('./features/studies/checkPage'),
  },
  {
    path: patterns.opinion,
    loader: consultation,
    lazy: () => import('./features/opinions/page'),
  },
  {
    path: patterns.calendar,
    lazy: () => withWords(SCHEDULING, import('./features/scheduling/calendarPage')),
  },
  {
    path: patterns.centre,
    lazy: () => withWords(HOME, import('./features/home/centrePage')),
  },
  {
    path: patterns.readings,
    lazy: () => reading().then(({ list }) => list()),
  },
  {
    path: patterns.discrepancies,
    lazy: () => reading().then(({ discrepancies }) => discrepancies()),
  },
  {
    path: patterns.ownReports,
    lazy: () => reading().then(({ ownReports }) => ownReports()),
  },
  {
    path: patterns.reportTemplates,
    lazy: () => reading().then(({ templates }) => templates()),
  },
  {
    path: patterns.readingDesk,
    lazy: () => reading().then(({ desk }) => desk()),
  },
  {
    path: patterns.criticalFindings,
    lazy: () => critical().then(({ register }) => register()),
  },
  {
    path: patterns.criticalFinding,
    lazy: () => critical().then(({ one }) => one()),
  },
  { path: patterns.rounds, lazy: () => rounds().then(({ list }) => list()) },
  { path: patterns.roundNotes, lazy: () => rounds().then(({ notes }) => notes()) },
  { path: patterns.round, lazy: () => rounds().then(({ one }) => one()) },
  { path: patterns.wardBoard, lazy: () => rounds().then(({ board }) => board()) },
  {
    path: patterns.newRequest,
    lazy: () => withWords(REQUESTS, import('./features/requests/begin')),
  },
  {
    path: patterns.request,
    loader: request,
    lazy: () => withWords(REQUESTS, import('./features/requests/page')),
  },
  ...adminRoutes,
  { path: '*', Component: NotFound },
]

/** Loads pages before they are opened, if people wait for an image or a call there. */
const early = (to: string, dataOnly = false) => {
  const images = matchPath(patterns.images, to)?.params.id
  if (images) {
    void imagesPage().catch(later)
    void firstImage(images).catch(later)
  }
  const entered = matchPath(patterns.room, to)?.params.id
  if (entered) {
    if (!dataOnly) void roomPage().catch(later)
    roomData(entered)
  }
}
const Pages = () => (
  <Ahead value={early}>
    <WithNotices value={bell}>
      <Root />
    </WithNotices>
  </Ahead>
)

/** Loaded only for those at whom anything may ring. */
function Rung({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  return useRole('coordinator', 'expert', 'duty_officer') ? (
    <Aside fallback={fallback}>
      <Suspense fallback={null}>{children}</Suspense>
    </Aside>
  ) : null
}
const ringing = (
  <>
    <Rung fallback={<RingsBroken />}>
      <Ringing />
    </Rung>
    <CriticalFindings />
  </>
)

const told = (apart: boolean) => (
  <Aside fallback={null}>
    <Suspense fallback={<BellPlace />}>
      <Notices apart={apart} />
    </Suspense>
  </Aside>
)
const bell = {
  bar: (
    <>
      <Rung fallback={null}>
        <Standing />
      </Rung>
      <Aside fallback={null}>
        <Search />
      </Aside>
      {told(false)}
    </>
  ),
  apart: told(true),
}

/** A page that fills the window has no top bar of its own when it has crashed or is no page. */
const WholeError = () => (
  <UnderBar>
    <PageError />
  </UnderBar>
)

/** Pages that fill the window. */
const overAll: RouteObject[] = [
  {
    path: patterns.room,
    loader: room,
    ErrorBoundary: WholeError,
    lazy: roomPage,
  },
  {
    path: patterns.ownReport,
    ErrorBoundary: WholeError,
    lazy: () => reading().then(({ ownReport }) => ownReport()),
  },
  {
    path: patterns.readingImages,
    ErrorBoundary: WholeError,
    lazy: () => reading().then(({ images }) => images()),
  },
  {
    path: patterns.reading,
    ErrorBoundary: WholeError,
    lazy: () => reading().then(({ one }) => one()),
  },
  {
    path: patterns.readingMpr,
    ErrorBoundary: WholeError,
    lazy: () => mpr().then(({ ofReading }) => ofReading()),
  },
  ...[patterns.roundLead, patterns.roundFollow, patterns.roundCart].map((path) => ({
    path,
    ErrorBoundary: WholeError,
    lazy: () => rounds().then(({ live, cart }) => (path === patterns.roundCart ? cart() : live())),
  })),
  {
    path: patterns.mpr,
    loader: consultation,
    ErrorBoundary: WholeError,
    lazy: () => mpr().then(({ ofConsultation }) => ofConsultation()),
  },
  {
    path: patterns.readTogether,
    ErrorBoundary: WholeError,
    lazy: () => reading().then(({ together }) => together()),
  },
  {
    path: patterns.images,
    loader: images,
    ErrorBoundary: WholeError,
    lazy: imagesPage,
  },
]

export const createRouter = () =>
  createBrowserRouter(
    shownIfBroken([
      {
        Component: Pages,
        HydrateFallback: Opening,
        ErrorBoundary: PageError,
        children: [
          // Pages without sign-in.
          {
            path: patterns.device,
            lazy: () => withRoomWords(withAdminWords(import('./features/devices/screen'))),
          },
          { path: patterns.verify, lazy: () => import('./features/opinions/verify/page') },
          {
            Component: SignedIn,
            children: [
              {
                element: <Shell above={<LeftHere>{ringing}</LeftHere>} />,
                children: [
                  // If a page crashes, the top bar stays.
                  { ErrorBoundary: PageError, children: underTheBar },
                ],
              },
              // Pages that fill the window: what rings lies over them.
              {
                element: <Whole over={ringing} />,
                children: overAll,
              },
            ],
          },
        ],
      },
    ]),
  )
