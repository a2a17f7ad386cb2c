/** A page with only the images of a consultation, for example for a second screen. */
import { ArrowLeftOutlined } from '@ant-design/icons'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { consultationQuery } from '../../consultation/queries'
import { identityOf } from '../../consultation/view'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { Loaded } from '../../kit/Loaded'
import { useNotices } from '../../kit/notices'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { UnderBar } from '../../kit/Shell'
import { Bar } from '../../kit/Skeletons'
import { Theme } from '../../kit/Theme'
import { useFits } from '../../kit/useFits'
import { paths } from '../../paths'
import { dark } from '../../theme'
import css from './images.module.css'
import { useConsultationStudies } from './ofConsultation'
import StudyPanel from './StudyPanel'
import { StudySkeleton } from './StudySkeleton'
import { useOwnWindow } from './useOwnWindow'

const ReadOnly = lazy(() => withWords(MORE, import('../../consultation/ReadOnly')))

const skeleton = (
  <div className={css.skeleton}>
    <Bar height={44} />
    <StudySkeleton />
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={consultationQuery(id)}
      what={t('viewer.title')}
      skeleton={<Dark>{skeleton}</Dark>}
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(consultation) => (
        <Dark>
          <Images consultation={consultation} />
        </Dark>
      )}
    </Loaded>
  )
}

const Dark = ({ children }: { children: ReactNode }) => (
  <Theme palette={dark}>
    <main className={css.page}>{children}</main>
  </Theme>
)

function Images({ consultation: c }: { consultation: Schemas['ConsultationOut'] }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { demo } = useSession()
  const { apart: bell } = useNotices()
  const shown = useConsultationStudies(c)
  const beside = useSearchParams()[0].get('beside') === 'room'
  const { sharing, onKeyImage } = useOwnWindow(c.id, beside)
  const apart = useFits('(max-width: 1199px)')
  const extra = (
    <>
      {demo && <span className={css.demo}>{t('app.demo')}</span>}
      {beside ? (
        <span role="status" className={sharing ? '' : css.alone}>
          {t(sharing ? 'viewer.own.together' : 'viewer.own.apart')}
        </span>
      ) : (
        <>
          <Link to={paths.consultation(c.id)}>
            <ArrowLeftOutlined aria-hidden /> {t('studies.back')}
          </Link>
          {bell}
        </>
      )}
    </>
  )
  return (
    <>
      {c.patient && (
        <PatientBanner
          patient={identityOf(c.patient, c.content, hospital, c.department_en)}
          extra={apart ? undefined : extra}
        />
      )}
      {apart && <div className={`secondary small ${css.extra}`}>{extra}</div>}
      {c.by_break_glass && (
        <Suspense fallback={null}>
          <ReadOnly opened={c.by_break_glass} branch={c.branch_id} />
        </Suspense>
      )}
      <div className={css.panel}>
        <StudyPanel
          {...shown}
          sharing={sharing ?? undefined}
          onKeyImage={onKeyImage}
          keysAtOnce
          mpr={beside ? undefined : { to: paths.mpr(c.id), apart: false }}
        />
      </div>
    </>
  )
}
