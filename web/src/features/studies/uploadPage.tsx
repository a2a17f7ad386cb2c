/** The radiographer's page: which studies the request wants, and where to drop them. */
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { body, client, idempotent, type Schemas } from '../../api/client'
import { consultationQuery } from '../../consultation/queries'
import { identityOf } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import css from './check.module.css'
import { InArchive } from './InArchive'
import { useStudyWords } from './studyWords'
import { Upload } from './upload/Upload'

type Consultation = Schemas['ConsultationOut']

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={consultationQuery(id)}
      what={t('studies.upload.title')}
      skeleton={<PanelSkeleton rows={6} />}
    >
      {(consultation) => <Uploading consultation={consultation} />}
    </Loaded>
  )
}

function Uploading({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const sent = useRef(new Set<string>())
  const [lost, setLost] = useState(false)
  const [others, setOthers] = useState<readonly Schemas['OtherStudy'][]>([])
  const record = useAct({
    of: (uids) => uids.join(),
    run: (uids: string[], key: string) =>
      body(
        client.POST('/api/consultations/{id}/uploaded', {
          params: { path: { id: c.id } },
          body: { study_uids: uids },
          headers: idempotent(key),
        }),
      ),
    changes: { consultation: c.id },
    done: ({ refused }) => (refused.length > 0 ? '' : t('studies.upload.recorded')),
    onDone: ({ refused }) => {
      setLost(false)
      setOthers(refused)
    },
    onProblem: () => {
      setLost(true)
      return false
    },
  })
  const settled = (uids: string[]) => {
    for (const uid of uids) sent.current.add(uid)
    if (sent.current.size > 0) record.mutate([...sent.current])
  }
  const doubtful = c.studies.some(({ link }) => link === 'proposed')
  return (
    <>
      {c.patient && (
        <PatientBanner patient={identityOf(c.patient, c.content, hospital, c.department_en)} />
      )}
      <PageHead
        title={t('studies.upload.for')}
        actions={<Link to={paths.consultation(c.id)}>{t('studies.back')}</Link>}
      />
      <div className={css.column}>
        <Panel title={t('studies.upload.wanted')}>
          <Wanted consultation={c} />
        </Panel>
        <InArchive consultation={c} busy={record.isPending} onUse={(uid) => settled([uid])} />
        <Panel title={t('studies.upload.title')} note={t('studies.upload.next')}>
          {lost && (
            <Notice
              tone="urgent"
              action={
                <Button
                  size="small"
                  loading={record.isPending}
                  onClick={() => record.mutate([...sent.current])}
                >
                  {t('studies.upload.record_again')}
                </Button>
              }
            >
              {t('studies.upload.record_failed')}
            </Notice>
          )}
          {doubtful && (
            <Notice
              tone="urgent"
              action={<Link to={paths.studies()}>{t('studies.upload.to_check')}</Link>}
            >
              {t('studies.check.note')}
            </Notice>
          )}
          <Upload hint={c.id} onSettled={settled} others={others} />
        </Panel>
      </div>
    </>
  )
}

/** What the request names, and what of it is here by now. */
function Wanted({ consultation: { studies } }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const words = useStudyWords()
  if (studies.length === 0) return <p className="secondary">{t('studies.upload.wanted_none')}</p>
  return (
    <ul className={css.wanted}>
      {studies.map((study, i) => (
        <li key={study.study_uid ?? `wanted-${i}`}>
          <b>{words.title(study)}</b>
          <span className="secondary">{words.taken(study)}</span>
          <span className={study.complete ? 'secondary' : 'late'}>{words.count(study)}</span>
        </li>
      ))}
    </ul>
  )
}
