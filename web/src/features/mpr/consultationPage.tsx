/** A series of a consultation's packet in three planes; who may see its images sees this. */
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { Schemas } from '../../api/client'
import { consultationQuery } from '../../consultation/queries'
import { identityOf } from '../../consultation/view'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { UnderBar } from '../../kit/Shell'
import { paths } from '../../paths'
import { useConsultationStudies } from '../studies/ofConsultation'
import { Dark, Frame } from './Frame'
import { Mpr } from './Mpr'

const ReadOnly = lazy(() => withWords(MORE, import('../../consultation/ReadOnly')))

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={consultationQuery(id)}
      what={t('mpr.title')}
      skeleton={<Dark />}
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(consultation) => <One consultation={consultation} />}
    </Loaded>
  )
}

function One({ consultation: c }: { consultation: Schemas['ConsultationOut'] }) {
  const { hospital } = usePeopleWords()
  const { studies, expected } = useConsultationStudies(c)
  const navigate = useNavigate()
  return (
    <Frame patient={c.patient && identityOf(c.patient, c.content, hospital, c.department_en)}>
      {c.by_break_glass && (
        <Suspense fallback={null}>
          <ReadOnly opened={c.by_break_glass} branch={c.branch_id} />
        </Suspense>
      )}
      <Mpr {...{ studies, expected }} onBack={() => navigate(paths.images(c.id))} />
    </Frame>
  )
}
