/** The case page: the story from top to bottom; beside it readiness, participants and history. */
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useRole, useSession } from '../../api/session'
import { useHistoryWords } from '../../consultation/historyWords'
import { IdentityNotice } from '../../consultation/IdentityNotice'
import { Owed } from '../../consultation/Owed'
import { Packet } from '../../consultation/Packet'
import { consultationQuery } from '../../consultation/queries'
import { Redirected } from '../../consultation/Redirected'
import { Part, RequestParts, Story } from '../../consultation/Story'
import { type Consultation, identityOf, requestOf, rings, unsettled } from '../../consultation/view'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { Bar, Busy, PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import css from './consultation.module.css'
import { Gate } from './Gate'
import { Head } from './Head'
import { History } from './History'
import { Latest } from './Latest'
import { Participants } from './Participants'

const OpinionParts = lazy(async () => ({
  default: (await import('../opinions/OpinionParts')).OpinionParts,
}))

const Readings = lazy(async () => (await import('../reading/onCase')).ofConsultation())
const RungPanel = lazy(() => import('../../kit/Rung'))
const ReadOnly = lazy(() => withWords(MORE, import('../../consultation/ReadOnly')))
const Rare = lazy(() => import('./Rare'))
const Gone = lazy(async () => ({ default: (await import('./Gone')).Gone }))

const ENDED = ['declined', 'cancelled', 'no_show', 'expired']
/** Whether anything of `Rare` may have to be said. */
const isRare = (c: Consultation): boolean =>
  unsettled(c) ||
  ENDED.includes(c.state) ||
  c.started_with_missing.length > 0 ||
  c.consents.some(({ unobtainable_at }) => unobtainable_at) ||
  c.studies.some(({ link }) => link === 'rejected')

const skeleton = (
  <>
    <div className={css.head}>
      <Bar width="60%" height={24} />
      <div style={{ height: 100 }} />
    </div>
    <div className={css.grid}>
      <PanelSkeleton rows={8} rowHeight={56} />
      <PanelSkeleton rows={10} rowHeight={44} />
    </div>
  </>
)

/** For the medical office of the patient's hospital. */
function WhoSaw({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const office = useRole('reviewer')
  const { actor } = useSession()
  if (!office || !c.patient || c.branch_id !== actor.hospital_id) return null
  return (
    <Link className={css.whoSaw} to={paths.audit({ patient: c.patient.id })}>
      {t('consultation.who_saw')}
    </Link>
  )
}

/** For the clinicians of the patient's hospital. */
function CanSeeLink({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  if (!c.patient || c.branch_id !== actor.hospital_id) return null
  return (
    <Link className={css.whoSaw} to={paths.canSee(c.patient.id, c.id)}>
      {t('consultation.can_see')}
    </Link>
  )
}

/** States in which readiness is shown: from the booking on. */
const CHECKED = new Set(['scheduling', 'scheduled', 'ready', 'in_progress', 'interrupted'])

/** Once begun, what was missing is shown above, and the gate is not needed. */
const BEGUN = new Set(['in_progress', 'interrupted'])

/** States in which there may be an opinion. */
const OPINED = new Set([
  'in_progress',
  'interrupted',
  'answering',
  'signed',
  'acknowledged',
  'executing',
  'closed',
  'archived',
  // Perhaps one from before it was reopened.
  'cancelled',
  'no_show',
])

/** States from which on the hub sees the studies, so that its radiologists may be asked to read them. */
const OPENED = new Set(['approved', 'accepted', ...CHECKED, ...OPINED])

/** Settled: the answer is what one comes for, and stands first. */
const SETTLED = new Set(['signed', 'acknowledged', 'executing', 'closed', 'archived'])

function Case({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const historyWords = useHistoryWords(c)
  return (
    <>
      {c.patient ? (
        <PatientBanner
          patient={identityOf(c.patient, c.content, hospital, c.department_en)}
          link={<CanSeeLink consultation={c} />}
          extra={
            c.number
              ? t('consultation.number', { number: c.number })
              : t('consultation.draft_number')
          }
        />
      ) : (
        <EmptyState title={t('home.no_patient')} />
      )}
      {c.by_break_glass && (
        <Suspense fallback={null}>
          <ReadOnly opened={c.by_break_glass} branch={c.branch_id} />
        </Suspense>
      )}
      <Head consultation={c} />
      <div className={css.notices}>
        <Redirected consultation={c} />
        <Owed consultation={c} />
        {isRare(c) && (
          <Suspense fallback={null}>
            <Rare consultation={c} />
          </Suspense>
        )}
        <IdentityNotice consultation={c} />
      </div>
      <div className={css.grid}>
        <Story>
          {SETTLED.has(c.state) && <Opinion consultation={c} />}
          <RequestParts request={requestOf(c.content)} />
          <Latest consultation={c} />
          <Part title={t('consultation.images')}>
            <Packet consultation={c} />
            {c.studies.length > 0 && OPENED.has(c.state) && (
              <Suspense fallback={null}>
                <Readings id={c.id} />
              </Suspense>
            )}
          </Part>
          {!SETTLED.has(c.state) && <Opinion consultation={c} />}
        </Story>
        <div className={css.aside}>
          <WhoSaw consultation={c} />
          {rings(c) && (
            <Suspense fallback={null}>
              <RungPanel id={c.id} />
            </Suspense>
          )}
          {CHECKED.has(c.state) && !BEGUN.has(c.state) && <Gate consultation={c} />}
          <Participants consultation={c} replies={CHECKED.has(c.state)} />
          <History entries={historyWords} />
        </div>
      </div>
    </>
  )
}

function Opinion({ consultation: { id, state, by_break_glass } }: { consultation: Consultation }) {
  const { t } = useTranslation()
  if (!OPINED.has(state))
    return (
      <Part title={t('consultation.opinion')}>
        <p className="secondary">{t('consultation.opinion_none')}</p>
      </Part>
    )
  return (
    <Suspense
      fallback={
        <Busy what={t('consultation.opinion')}>
          <Bar height={120} />
        </Busy>
      }
    >
      <OpinionParts consultationId={id} prints={!by_break_glass} />
    </Suspense>
  )
}

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={consultationQuery(id)}
      what={t('consultation.title')}
      skeleton={skeleton}
      failed={(said, gone) =>
        gone ? (
          <Suspense fallback={skeleton}>
            <Gone id={id} loading={skeleton} otherwise={said} />
          </Suspense>
        ) : (
          said
        )
      }
    >
      {(consultation) => <Case consultation={consultation} />}
    </Loaded>
  )
}
