/** One reading: its images, and beside them what is asked; whoever has claimed it keeps the claim by working here. */
import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactNode, type RefObject, Suspense, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session'
import { numberOf } from '../../consultation/view'
import { Countdown } from '../../kit/Countdown'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { useNotices } from '../../kit/notices'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { UnderBar } from '../../kit/Shell'
import { Bar } from '../../kit/Skeletons'
import { Theme } from '../../kit/Theme'
import { paths } from '../../paths'
import { dark } from '../../theme'
import type { Cited } from '../../viewer/types'
import { ofReading } from '../criticalFindings'
import { hangingFor } from '../studies/hanging'
import { expectedOf } from '../studies/ofConsultation'
import StudyPanel from '../studies/StudyPanel'
import { StudySkeleton } from '../studies/StudySkeleton'
import { NextOne } from './NextOne'
import css from './onePage.module.css'
import { Latest, Past } from './Past'
import { About } from './Preview'
import { type Reading, readingQuery } from './queries'
import { ReportPanel } from './Report'
import { useKeyImage } from './reportDraft'
import type { Caret } from './SlotText'
import { TogetherLink } from './together/TogetherLink'
import { may, useDeskActs } from './useDeskActs'
import { useKeptClaim } from './useKeptClaim'
import { useReadingStudies } from './useReadingStudies'
import { beganAt, useReadingWords } from './words'

const Critical = lazy(ofReading)

const skeleton = (
  <div className={css.page}>
    <Bar height={44} />
    <StudySkeleton />
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={readingQuery(id)}
      what={t('reading.title')}
      skeleton={<Theme palette={dark}>{skeleton}</Theme>}
      failed={(said, gone) => <UnderBar>{gone ? <Gone id={id} said={said} /> : said}</UnderBar>}
    >
      {(reading) => (
        <Theme palette={dark}>
          <One key={id} reading={reading} />
        </Theme>
      )}
    </Loaded>
  )
}

/** Whoever had it open reads why it is gone; who never had finds nothing. */
function Gone({ id, said }: { id: string; said: ReactNode }) {
  const { t } = useTranslation()
  const known = useQueryClient().getQueryData(readingQuery(id).queryKey)
  return known ? <Notice tone="urgent">{t('reading.gone')}</Notice> : said
}

function One({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const { demo } = useSession()
  const { apart: bell } = useNotices()
  const { hospital } = usePeopleWords()
  const { identity } = reading
  const caret = useRef<Caret | null>(null)
  const sharp = useRef(false)
  return (
    <main className={css.page}>
      <PatientBanner
        patient={{
          ...identity,
          number: numberOf(identity),
          place: { ...identity, hospital: hospital(identity.hospital_id) },
        }}
        extra={
          <span className={css.extra}>
            {demo && <span className={css.demo}>{t('app.demo')}</span>}
            <Link className="target" to={paths.readings()}>
              <ArrowLeftOutlined aria-hidden /> {t('reading.back')}
            </Link>
            {bell}
          </span>
        }
      />
      <div className={css.split}>
        <Images {...{ reading, caret, sharp }} />
        <Aside {...{ reading, caret, sharp }} />
      </div>
    </main>
  )
}

type PartProps = {
  reading: Reading
  caret: RefObject<Caret | null>
  /** Whether all pictures on the screen have come, in their full quality. */
  sharp: RefObject<boolean>
}

function Images({ reading, caret, sharp }: PartProps) {
  const { t } = useTranslation()
  const { identity } = reading
  const studies = useReadingStudies(reading)
  const patient = useMemo(() => expectedOf(identity), [identity])
  const onKeyImage = useKeyImage(reading)
  const mpr = useMemo(() => ({ to: paths.readingMpr(reading.id), apart: true }), [reading.id])
  const writing = reading.state === 'claimed' && (reading.claim?.mine ?? false)
  const cite = ({ text, seriesNumber, position, prior }: Cited) => {
    const of = prior === null ? '' : `${t('viewer.prior')} ${prior} `
    const series = `${of}${seriesNumber === null ? '' : `Se${seriesNumber} `}`
    const cited = t('reading.report.cited', { text, series, position: String(position) })
    caret.current?.insert(cited, true)
  }
  return (
    <div className={css.images}>
      <StudyPanel
        studies={studies}
        expected={patient}
        keysAtOnce
        hanging={hangingFor(reading.modality, studies.length > 1)}
        onCite={writing ? cite : undefined}
        onKeyImage={onKeyImage}
        mpr={mpr}
        onSharp={(now) => {
          sharp.current = now
        }}
      />
    </div>
  )
}

function Aside({ reading, caret, sharp }: PartProps) {
  const { t } = useTranslation()
  const words = useReadingWords()
  const acts = useDeskActs()
  const { lost } = useKeptClaim(reading)
  return (
    <aside className={css.aside} aria-label={t('reading.question')}>
      <header className={css.head}>
        <b>{words.state(reading)}</b>
        <span className="secondary">{words.claim(reading)}</span>
        {reading.due_at && !reading.issued_at && (
          <Countdown due={reading.due_at} since={beganAt(reading)} />
        )}
      </header>
      {lost && <Notice tone="urgent">{lost}</Notice>}
      {reading.recalled && <Notice tone="stat">{t('reading.recalled')}</Notice>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard */}
      <section className={css.asked} tabIndex={0} aria-label={t('reading.question')}>
        <About row={reading} compared={reading.report !== null} />
        <Latest reading={reading} />
        <Past id={reading.id} />
      </section>
      <ReportPanel {...{ reading, caret, sharp }} />
      <footer className={css.foot}>
        {may(reading, 'claim') && (
          <Button type="primary" loading={acts.busy} onClick={() => acts.open(reading)}>
            {t('reading.claim')}
          </Button>
        )}
        {may(reading, 'take_over') && (
          <Button loading={acts.busy} onClick={() => acts.open(reading)}>
            {t('reading.take_over')}…
          </Button>
        )}
        {may(reading, 'release') && (
          <Button onClick={() => acts.release(reading)}>{t('reading.release')}</Button>
        )}
        {may(reading, 'return') && (
          <Button onClick={() => acts.sendBack(reading)}>{t('reading.return')}…</Button>
        )}
        {may(reading, 'resend') && (
          <Button onClick={() => acts.resend(reading)}>{t('reading.resend')}…</Button>
        )}
        {may(reading, 'withdraw') && (
          <Button onClick={() => acts.withdraw(reading)}>{t('reading.withdraw')}…</Button>
        )}
        <NextOne reading={reading} acts={acts} />
        <TogetherLink id={reading.id} />
        <Suspense fallback={null}>
          <Critical reading={reading} />
        </Suspense>
      </footer>
      {acts.dialogs}
    </aside>
  )
}
