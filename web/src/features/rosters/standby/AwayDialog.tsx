/** 暂离: for how long one is away; one press says it. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Dialog } from '../../../kit/Dialog'
import { useAct } from '../../../kit/useAct'
import { stepAway } from './queries'
import css from './standby.module.css'

const MINUTES = [10, 20, 30, 60, 120] as const

export default function AwayDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const away = useAct({
    run: stepAway,
    changes: { roster: '*' },
    done: t('standby.away_done'),
    onDone: onClose,
  })
  return (
    <Dialog title={t('standby.away_title')} onClose={onClose}>
      <p>{t('standby.away_text')}</p>
      <div className={css.choices}>
        {MINUTES.map((each) => (
          <Button
            key={each}
            size="large"
            disabled={away.isPending}
            onClick={() => away.mutate(each)}
          >
            {duration(each * 60_000)}
          </Button>
        ))}
      </div>
      <p className="secondary small">{t('standby.away_longer')}</p>
    </Dialog>
  )
}
