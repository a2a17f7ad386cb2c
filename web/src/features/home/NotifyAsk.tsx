/** Asks those at whom emergencies may ring to allow notifications: browsers ask only after a click. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRole } from '../../api/session'
import { Notice } from '../../kit/Notice'
import { usePermission } from '../../kit/notification'

export function NotifyAsk() {
  const { t } = useTranslation()
  const rung = useRole('coordinator', 'expert', 'duty_officer')
  const [now, ask] = usePermission()
  if (!rung || now !== 'default') return null
  return (
    <Notice
      action={
        <Button size="small" onClick={ask}>
          {t('home.notify_allow')}
        </Button>
      }
    >
      {t('home.notify_ask')}
    </Notice>
  )
}
