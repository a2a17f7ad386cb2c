/** Asks those at whom emergencies may ring to allow notifications: browsers ask only after a click. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRole } from '../../api/session'
import { Notice } from '../../kit/Notice'

const permission = () => ('Notification' in window ? Notification.permission : 'denied')

export function NotifyAsk() {
  const { t } = useTranslation()
  const rung = useRole('coordinator', 'expert', 'duty_officer')
  const [now, setNow] = useState(permission)
  if (!rung || now !== 'default') return null
  return (
    <Notice
      action={
        <Button size="small" onClick={() => void Notification.requestPermission().then(setNow)}>
          {t('home.notify_allow')}
        </Button>
      }
    >
      {t('home.notify_ask')}
    </Notice>
  )
}
