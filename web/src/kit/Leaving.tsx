/** Asks before something that is not saved is left behind, for another page or another year. */
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Dialog } from './Dialog'

export function Leaving({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation()
  const blocker = useBlocker(unsaved)
  if (blocker.state !== 'blocked') return null
  return (
    <Dialog
      title={t('workdays.leave_title')}
      confirm={t('workdays.leave')}
      keep={t('workdays.stay')}
      danger
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    >
      <p>{t('workdays.leave_text')}</p>
    </Dialog>
  )
}
