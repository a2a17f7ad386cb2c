/** The opinion on a page of its own: written mode, or later than the call. The request stands beside it. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Packet } from '../../consultation/Packet'
import { consultationQuery } from '../../consultation/queries'
import { Part, RequestParts, Story } from '../../consultation/Story'
import { identityOf, requestOf } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { OpinionEditor } from './OpinionEditor'
import css from './opinions.module.css'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { hospital } = usePeopleWords()
  return (
    <Loaded
      query={consultationQuery(id)}
      what={t('opinions.page')}
      skeleton={<PanelSkeleton rows={10} rowHeight={48} />}
    >
      {(consultation) => (
        <>
          {consultation.patient && (
            <PatientBanner
              patient={identityOf(
                consultation.patient,
                consultation.content,
                hospital,
                consultation.department_en,
              )}
              extra={
                consultation.number && t('consultation.number', { number: consultation.number })
              }
            />
          )}
          <h1 className="unseen">{t('opinions.page')}</h1>
          <div className={css.page}>
            <Story>
              <RequestParts request={requestOf(consultation.content)} />
              <Part title={t('consultation.images')}>
                <Packet consultation={consultation} />
              </Part>
            </Story>
            <OpinionEditor consultationId={id} />
          </div>
        </>
      )}
    </Loaded>
  )
}
