/** Book a consultation: the proposed times, the week of everybody needed, and any other time. */
import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { consultationQuery } from '../../consultation/queries'
import { type Consultation, identityOf, unsettled } from '../../consultation/view'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { Bar, PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { BannerLine } from './BannerLine'
import { Booking } from './Booking'
import css from './cards.module.css'
import { FindTime } from './find/FindTime'

const Answers = lazy(() => withWords(MORE, import('../../consultation/answers/Answers')))

const skeleton = (
  <>
    <Bar height={44} />
    <div className={css.page}>
      <PanelSkeleton rows={9} rowHeight={40} />
      <div className={css.cards}>
        {[1, 2, 3, 4].map((n) => (
          <PanelSkeleton key={n} rows={2} />
        ))}
      </div>
    </div>
  </>
)

const BOOKABLE = new Set(['book', 'rebook', 'accept'])

function Page({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const finding = useSearchParams()[0].has('find')
  return (
    <>
      <h1 className="unseen">
        {t(c.mdt ? 'scheduling.mdt.booking_title' : 'scheduling.booking_title')}
      </h1>
      {c.patient && (
        <PatientBanner
          patient={identityOf(c.patient, c.content, hospital, c.department_en)}
          extra={<BannerLine consultation={c} />}
        />
      )}
      {unsettled(c) && c.actions.includes('book') && (
        <Suspense fallback={null}>
          <div className={css.answers}>
            <Answers consultation={c} />
          </div>
        </Suspense>
      )}
      {c.actions.some((action) => BOOKABLE.has(action)) ? (
        finding ? (
          <FindTime consultation={c} />
        ) : (
          <Booking consultation={c} />
        )
      ) : (
        <EmptyState
          title={t('scheduling.not_now')}
          hint={t('scheduling.not_now_hint')}
          action={
            <Link to={paths.consultation(c.id)}>
              <Button type="primary">{t('scheduling.to_case')}</Button>
            </Link>
          }
        />
      )}
    </>
  )
}

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded query={consultationQuery(id)} what={t('scheduling.booking_title')} skeleton={skeleton}>
      {(consultation) => <Page consultation={consultation} />}
    </Loaded>
  )
}
