/** Instead of the band, when it has crashed: who is on call must know that nothing would ring. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useHelpPhone } from '../api/session'
import { Notice } from './Notice'

export function RingsBroken() {
  const { t } = useTranslation()
  const phone = useHelpPhone()
  return (
    <Notice
      tone="stat"
      action={<Button onClick={() => window.location.reload()}>{t('state.reload')}</Button>}
    >
      <b>{t('state.rings_broken')}</b> {phone && t('state.help', { phone })}
    </Notice>
  )
}
