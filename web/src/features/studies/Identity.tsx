/** One study: header and record side by side, images, and the decision. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { useRole, useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { Panel } from '../../kit/Panel'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { paths } from '../../paths'
import css from './check.module.css'
import type { Study } from './checkQueries'
import { rowsOf } from './compare'
import { Decision } from './Decision'
import { PatientPicker } from './PatientPicker'
import { useRoots } from './roots'
import { useStudyWords } from './studyWords'
import { TextMark } from './TextMark'

const StudyPanel = lazy(() => import('./StudyPanel'))

export function Identity({ study }: { study: Study }) {
  const { t } = useTranslation()
  const words = useStudyWords()
  const { dateTime } = useFormat()
  const [patient, setPatient] = useState(study.patient)
  const decided =
    study.state === 'proposed'
      ? null
      : t('studies.check.decided', {
          at: dateTime(study.at),
          reason: study.reason ?? t('studies.check.by_itself'),
        })
  return (
    <div className={css.detail}>
      <Panel
        title={words.title(study)}
        note={[words.taken(study), words.count(study)].join(t('viewer.comma'))}
        extra={<AskReading study={study} />}
      >
        {study.mixed && <Notice tone="stat">{t('studies.study.mixed')}</Notice>}
        {decided && (
          <Notice tone={study.state === 'confirmed' ? 'done' : 'urgent'}>{decided}</Notice>
        )}
        {!patient && <Notice tone="urgent">{t('studies.check.no_patient')}</Notice>}
        <Comparison study={study} patient={patient} />
        <PatientPicker patient={patient} onChoose={setPatient} />
        <Decision study={study} patient={patient} />
      </Panel>
      <Images study={study} />
    </div>
  )
}

/** A hub reads for others: only a branch asks. */
function AskReading({ study }: { study: Study }) {
  const { t } = useTranslation()
  const { actor, hospitals } = useSession()
  const asks = useRole('requesting_doctor', 'radiographer', 'radiologist')
  const branch = hospitals.some(({ id, kind }) => id === actor.hospital_id && kind === 'branch')
  if (!asks || !branch || study.state !== 'confirmed' || study.hidden) return null
  return <Link to={paths.askReading(study.id)}>{t('studies.check.ask_reading')}</Link>
}

type Patient = Schemas['PatientOut'] | null

function Comparison({ study, patient }: { study: Study; patient: Patient }) {
  const { t } = useTranslation()
  const { sex, name } = usePatientWords()
  const SEX = { M: 'male', F: 'female' } as const
  /** Shows the sex in the same words on both sides, so that it does not look different. */
  const shown = (field: string, value: string) => {
    if (value === '') return t('studies.check.missing')
    if (field !== 'sex') return value
    const word = SEX[value as 'M' | 'F'] ?? value
    return word === 'male' || word === 'female' || word === 'unknown' ? sex(word) : value
  }
  return (
    <table className={css.compare}>
      <caption className="unseen">{t('studies.check.side')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('studies.check.field')}</th>
          <th scope="col">{t('studies.check.header')}</th>
          <th scope="col">{t('studies.check.record')}</th>
          <th scope="col">
            <span className="unseen">{t('studies.check.side')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(study, patient).map(({ field, header, record, agrees }) => (
          <tr key={field} className={agrees ? undefined : css.differs}>
            <th scope="row">{t(`studies.check.${field}`)}</th>
            <td>
              {shown(field, header)} {field === 'name' && <TextMark study={study} />}
            </td>
            <td>{patient ? (field === 'name' ? name(patient) : shown(field, record)) : '—'}</td>
            <td className={agrees ? css.same : css.different}>
              {agrees ? <CheckOutlined aria-hidden /> : <WarningOutlined aria-hidden />}{' '}
              {agrees ? t('studies.check.same') : t('studies.check.different')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Images({ study }: { study: Study }) {
  const { t } = useTranslation()
  const imaging = useRole('radiographer', 'radiologist')
  return (
    <div className={css.images}>
      {study.hidden && !imaging ? (
        <Notice tone="urgent">{t('studies.check.hidden_images')}</Notice>
      ) : (
        <Viewer study={study} />
      )}
    </div>
  )
}

function Viewer({ study }: { study: Study }) {
  const roots = useRoots()
  const { hospital } = usePeopleWords()
  const name = hospital(study.hospital_id)
  const studies = useMemo(
    () => [
      {
        hospital: study.hospital_id,
        uid: study.study_uid,
        ...roots,
        hospitalName: name,
      },
    ],
    [study.hospital_id, study.study_uid, roots, name],
  )
  return (
    <Suspense fallback={null}>
      {/* No expected patient, because whose images these are is the question here. */}
      <StudyPanel studies={studies} expected={null} />
    </Suspense>
  )
}
