/** The wristband is another person's: loud, on every screen of the round, and until somebody there has seen it or it is
 *  known who lies in the bed. It names nobody. */
import { WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import css from './live.module.css'
import type { Round } from './queries'

export function Alarm({ round }: { round: Round }) {
  const { t } = useTranslation()
  /** Each reading is an alarm of its own: one at this bed that came after somebody had seen the last. */
  const [seen, setSeen] = useState<{ item: string; at: number } | null>(null)
  const wrong = round.items.find(({ wrong_band_at }) => wrong_band_at !== null)
  if (!wrong?.wrong_band_at) return null
  if (wrong.id === seen?.item && Date.parse(wrong.wrong_band_at) <= seen.at) return null
  return (
    <div className={css.alarm} role="alert">
      <WarningFilled aria-hidden />
      <div>
        <b>{t('rounds_live.alarm.title', { bed: wrong.bed })}</b>
        <p>{t('rounds_live.alarm.hint')}</p>
      </div>
      <Button size="large" onClick={() => setSeen({ item: wrong.id, at: serverNow() })}>
        {t('rounds_live.alarm.seen')}
      </Button>
    </div>
  )
}
