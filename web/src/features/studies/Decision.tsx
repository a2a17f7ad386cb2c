/** Confirms or rejects a study with a reason, or says that all images are here. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useRole } from '../../api/session'
import { usePatientWords } from '../../kit/patient'
import { type Question, ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import css from './check.module.css'
import { confirmStudy, declareStudy, rejectStudy, type Study } from './checkQueries'
import { rowsOf } from './compare'

type Patient = Schemas['PatientOut'] | null
type Asked = 'confirm' | 'reject' | null

export function Decision({ study, patient }: { study: Study; patient: Patient }) {
  const { t } = useTranslation()
  const { name } = usePatientWords()
  const judges = useRole('radiographer', 'radiologist', 'requesting_doctor', 'reviewer')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const changes = { study: study.id, work: '*' }
  const confirm = useAct({
    run: (reason: string) => confirmStudy(study, patient?.id ?? '', reason),
    changes,
    done: t('studies.check.confirmed'),
    onDone: close,
  })
  const reject = useAct({
    run: (reason: string) => rejectStudy(study, reason),
    changes,
    done: t('studies.check.rejected'),
    onDone: close,
  })
  const declare = useAct({
    run: () => declareStudy(study),
    changes,
    done: t('studies.check.declared'),
  })
  if (!judges) return null
  // What contradicts in two points is hardly this patient's: rejecting is then the act that offers itself.
  const doubtful = patient !== null && differing(study, patient).length >= 2
  const settled = study.state === 'confirmed' && patient?.id === study.patient?.id
  return (
    <div className={css.acts}>
      {!settled && (
        <Button
          type={doubtful ? 'default' : 'primary'}
          disabled={!patient || study.mixed}
          onClick={() => setAsked('confirm')}
        >
          {t('studies.check.confirm')}
        </Button>
      )}
      {study.state !== 'rejected' && (
        <Button danger type={doubtful ? 'primary' : 'default'} onClick={() => setAsked('reject')}>
          {t('studies.check.reject')}
        </Button>
      )}
      {study.expected === null && (
        <Button
          className="push"
          title={t('studies.check.declare_title', { count: study.received })}
          loading={declare.isPending}
          onClick={() => declare.mutate()}
        >
          {t('studies.check.declare')}
        </Button>
      )}
      {asked === 'confirm' && patient && (
        <WithReason
          title={t('studies.check.confirm_title', { name: name(patient) })}
          confirm={t('studies.check.confirm')}
          busy={confirm.isPending}
          about={<Confirming study={study} patient={patient} />}
          onDo={(reason) => confirm.mutate(reason)}
          onClose={close}
        />
      )}
      {asked === 'reject' && (
        <WithReason
          title={t('studies.check.reject_title')}
          confirm={t('studies.check.reject')}
          danger
          busy={reject.isPending}
          about={<p>{t('studies.check.reject_note')}</p>}
          onDo={(reason) => reject.mutate(reason)}
          onClose={close}
        />
      )}
    </div>
  )
}

const differing = (study: Study, patient: NonNullable<Patient>) =>
  rowsOf(study, patient).filter(({ agrees }) => !agrees)

/** The dialog, with the patient and the differences. */
function Confirming({ study, patient }: { study: Study; patient: NonNullable<Patient> }) {
  const { t } = useTranslation()
  const words = usePatientWords()
  const points = differing(study, patient)
  return (
    <p>
      <b>{words.brief(patient)}</b>{' '}
      {points.length > 0 && (
        <span className="late">
          {t('studies.check.differing', { count: points.length })}
          {t('viewer.colon')}
          {points.map(({ field }) => t(`studies.check.${field}`)).join(t('state.comma'))}
        </span>
      )}
    </p>
  )
}

type WithReasonProps = Pick<Question, 'title' | 'confirm' | 'danger' | 'about'> & {
  busy: boolean
  onDo: (reason: string) => void
  onClose: () => void
}

function WithReason({ onDo, ...rest }: WithReasonProps) {
  const { t } = useTranslation()
  return (
    <ReasonDialog
      {...rest}
      words={{
        label: t('studies.check.reason'),
        hint: t('studies.check.reason_hint'),
        required: true,
      }}
      refusal={({ reason }) => (reason.length < 2 ? t('studies.check.reason_needed') : null)}
      onDo={({ reason }) => onDo(reason)}
    />
  )
}
