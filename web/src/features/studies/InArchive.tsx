/** The patient's studies that the archive has and the request does not name, each used for it with one press. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { ErrorState } from '../../kit/ErrorState'
import { Panel } from '../../kit/Panel'
import css from './check.module.css'
import { studiesOfPatientQuery } from './checkQueries'
import { useStudyWords } from './studyWords'

type Props = {
  consultation: Schemas['ConsultationOut']
  busy: boolean
  onUse: (uid: string) => void
}

export function InArchive({ consultation: c, busy, onUse }: Props) {
  const { t } = useTranslation()
  const words = useStudyWords()
  const { actor } = useSession()
  const patient = c.branch_id === actor.hospital_id ? c.patient?.id : undefined
  const held = useQuery({ ...studiesOfPatientQuery(patient ?? ''), enabled: Boolean(patient) })
  const named = new Set(c.studies.map(({ study_uid }) => study_uid))
  const others = held.data?.filter(({ study_uid, hidden }) => !hidden && !named.has(study_uid))
  if (!held.isError && !others?.length) return null
  return (
    <Panel title={t('studies.upload.held')} note={t('studies.upload.held_note')}>
      {held.isError && (
        <ErrorState
          error={held.error}
          what={t('studies.upload.held')}
          onRetry={() => void held.refetch()}
        />
      )}
      <ul className={css.wanted}>
        {others?.map((study) => (
          <li key={study.study_uid}>
            <b>{words.title(study)}</b>
            <span className="secondary">{words.taken(study)}</span>
            <span className={study.complete ? 'secondary' : 'late'}>{words.count(study)}</span>
            <Button size="small" disabled={busy} onClick={() => onUse(study.study_uid)}>
              {t('studies.upload.use')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
