/** The opinion on a page of its own: written mode, or later than the call. The images stand in the middle, the request
 *  and the text beside them. */
import { lazy, memo, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Packet } from '../../consultation/Packet'
import { consultationQuery } from '../../consultation/queries'
import { Part, RequestParts, Story } from '../../consultation/Story'
import { type Consultation, identityOf, requestOf } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useFits } from '../../kit/useFits'
import { useConsultationStudies } from '../studies/ofConsultation'
import type { StudyPanelProps } from '../studies/StudyPanel'
import { StudySkeleton } from '../studies/StudySkeleton'
import { useKeyImage } from './draft'
import { OpinionEditor } from './OpinionEditor'
import css from './opinions.module.css'

// Its props stay the same while somebody writes.
const StudyPanel = memo(lazy(() => import('../studies/StudyPanel')) as React.FC<StudyPanelProps>)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={consultationQuery(id)}
      what={t('opinions.page')}
      skeleton={<PanelSkeleton rows={10} rowHeight={48} />}
    >
      {(consultation) => <Writing consultation={consultation} />}
    </Loaded>
  )
}

function Writing({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const shown = useConsultationStudies(c)
  const onKeyImage = useKeyImage(c.id)
  // On a phone the images have a page of their own, behind the packet.
  const room = useFits('(min-width: 900px)')
  const images = room && shown.studies.length + shown.gone.size > 0
  return (
    <div className={css.whole}>
      {c.patient && (
        <PatientBanner
          patient={identityOf(c.patient, c.content, hospital, c.department_en)}
          extra={c.number && t('consultation.number', { number: c.number })}
        />
      )}
      <h1 className="unseen">{t('opinions.page')}</h1>
      <div className={`${css.page} ${images ? css.imaged : ''}`}>
        <div className={css.request}>
          <Story>
            <RequestParts request={requestOf(c.content)} />
            <Part title={t('consultation.images')}>
              <Packet consultation={c} here={images} />
            </Part>
          </Story>
        </div>
        {images && (
          <div className={css.study}>
            <Suspense fallback={<StudySkeleton />}>
              <StudyPanel {...shown} onKeyImage={onKeyImage} keysAtOnce />
            </Suspense>
          </div>
        )}
        <OpinionEditor consultationId={c.id} />
      </div>
    </div>
  )
}
