/** Leaving while the consultation cannot go on without oneself: said before, not after. */
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'

export function LeaveDialog({ onLeave, onClose }: { onLeave: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('room.leave.title')}
      confirm={t('room.leave.confirm')}
      danger
      onConfirm={onLeave}
      onClose={onClose}
    >
      <p>{t('room.leave.hint')}</p>
    </Dialog>
  )
}
