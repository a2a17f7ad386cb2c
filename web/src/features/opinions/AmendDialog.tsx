/** Why a signed opinion is amended; loaded once somebody asks for it. */
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { amend } from './queries'

type Props = { id: string; number: number; onClose: () => void }

export default function AmendDialog({ id, number, onClose }: Props) {
  const { t } = useTranslation()
  const begin = useAct({
    run: (reason: string) => amend(id, reason),
    changes: { opinion: id },
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('opinions.signed.amend_title')}
      confirm={t('opinions.signed.amend_begin')}
      busy={begin.isPending}
      about={<p>{t('opinions.signed.amend_note', { n: String(number) })}</p>}
      words={{ label: t('opinions.signed.amend_why'), required: true }}
      refusal={({ reason }) => (reason ? null : t('opinions.signed.amend_why'))}
      onDo={({ reason }) => begin.mutate(reason)}
      onClose={onClose}
    />
  )
}
