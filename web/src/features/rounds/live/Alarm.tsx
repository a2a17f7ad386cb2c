/** The wristband is another person's: loud, and until somebody has seen it. It names nobody. */
import { WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './live.module.css'

export function Alarm({ bed, onSeen }: { bed: string; onSeen: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.alarm} role="alert">
      <WarningFilled aria-hidden />
      <div>
        <b>{t('rounds_live.alarm.title', { bed })}</b>
        <p>{t('rounds_live.alarm.hint')}</p>
      </div>
      <Button size="large" onClick={onSeen}>
        {t('rounds_live.alarm.seen')}
      </Button>
    </div>
  )
}
