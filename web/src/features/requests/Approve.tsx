/** An emergency without consent, which the authorised person approves with one tap. */
import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { useRole } from '../../api/session'
import { newId } from '../../id'
import { Notice } from '../../kit/Notice'
import { useAct } from '../../kit/useAct'
import { useConsentReason } from './consentReason'
import { useDraft } from './draft'

type Consent = Schemas['ConsentRecord']

const waits = ({ kind, approved_at, withdrawn_at }: Consent): boolean =>
  kind === 'emergency' && !approved_at && !withdrawn_at

export function ApproveButton({ consent }: { consent: Consent }) {
  const { t } = useTranslation()
  const { row, refresh } = useDraft()
  const may = useRole('duty_officer', 'reviewer')
  const approve = useAct({
    run: () =>
      body(
        client.POST('/api/consents/{id}/approve', {
          params: { path: { id: consent.id } },
          headers: { 'Idempotency-Key': newId() },
        }),
      ),
    changes: { consultation: row.id },
    done: t('requests.consent.approve_done'),
    onDone: () => void refresh(),
  })
  if (!may || !waits(consent)) return null
  return (
    <Button
      type="primary"
      icon={<SafetyCertificateOutlined aria-hidden />}
      loading={approve.isPending}
      onClick={() => approve.mutate()}
    >
      {t('requests.consent.approve')}
    </Button>
  )
}

/** The approval at the head of the page, for whoever comes from the work item or a notice. */
export function ApproveNotice() {
  const { t } = useTranslation()
  const { row } = useDraft()
  const may = useRole('duty_officer', 'reviewer')
  const reasonWords = useConsentReason()
  const consent = row.consents.find(waits)
  if (!may || !consent) return null
  return (
    <Notice tone="urgent" action={<ApproveButton consent={consent} />}>
      {t('requests.consent.awaits_you', { reason: reasonWords(consent.reason) })}{' '}
      {consent.attempts && t('requests.consent.sought', { attempts: consent.attempts })}
    </Notice>
  )
}
