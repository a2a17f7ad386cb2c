/** Why an expert does not sign, in the chair's words; the record prints it. */
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useAct } from '../../../kit/useAct'
import { stateAbsent } from './queries'

type Props = { id: string; staffId: string; who: string; onClose: () => void }

export function AbsentDialog({ id, staffId, who, onClose }: Props) {
  const { t } = useTranslation()
  const state = useAct({
    run: (reason: string) => stateAbsent(id, staffId, reason),
    changes: { opinion: id },
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('mdt.absent_title')}
      confirm={t('mdt.state_absent')}
      busy={state.isPending}
      about={<p>{t('mdt.absent_note', { name: who })}</p>}
      words={{ label: t('mdt.absent_why'), required: true }}
      refusal={({ reason }) => (reason ? null : t('mdt.absent_why'))}
      onDo={({ reason }) => state.mutate(reason)}
      onClose={onClose}
    />
  )
}
