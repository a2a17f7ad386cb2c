/** 谁能看到: for those who treat the patient, from the head of the case page. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { numberOf } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import css from './audit.module.css'
import { CanSee } from './CanSee'

type Patient = Schemas['PatientOut']

const patientQuery = (id: string) =>
  queryOptions({
    queryKey: ['patient', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/patients/{id}', { params: { path: { id } }, signal })),
  })

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={patientQuery(id)}
      what={t('audit.can_see')}
      skeleton={<PanelSkeleton rows={6} />}
    >
      {(patient) => <OfPatient patient={patient} />}
    </Loaded>
  )
}

function OfPatient({ patient }: { patient: Patient }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const from = useSearchParams()[0].get('case')
  const { department, department_en, bed } = patient
  const place = { hospital: hospital(patient.hospital_id), department, department_en, bed }
  return (
    <>
      <PatientBanner patient={{ ...patient, number: numberOf(patient), place }} />
      <PageHead
        title={t('consultation.can_see')}
        actions={
          from && (
            <Link className={css.jump} to={paths.consultation(from)}>
              {t('audit.back_to_case')}
            </Link>
          )
        }
      />
      <div className={css.body}>
        <CanSee patient={patient.id} />
      </div>
    </>
  )
}
