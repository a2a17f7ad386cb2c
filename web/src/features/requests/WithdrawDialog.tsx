/** Withdraws a consent, with the reason. */
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'

type Props = { consent: Schemas['ConsentRecord']; onDone: () => void; onClose: () => void }

export function WithdrawDialog({ consent, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const act = useAct({
    run: (reason: string) =>
      body(
        client.POST('/api/consents/{id}/withdraw', {
          params: { path: { id: consent.id } },
          body: { reason },
        }),
      ),
    onDone: () => {
      onClose()
      onDone()
    },
  })
  return (
    <ReasonDialog
      danger
      title={t('requests.consent.withdraw_title', { number: consent.number })}
      confirm={t('requests.consent.withdraw_confirm')}
      busy={act.isPending}
      about={<p>{t('requests.consent.withdraw_words')}</p>}
      words={{ label: t('requests.consent.withdraw_reason'), rows: 2, required: true, max: 1000 }}
      refusal={({ reason }) => (reason ? null : t('acts.reason_needed'))}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}
