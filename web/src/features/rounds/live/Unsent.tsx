/** What was done here and has not arrived: it is kept and sent again by itself. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { useStore } from '../../room/visit/useVisit'
import { outboxOf } from './outbox'

export function Unsent({ round }: { round: string }) {
  const { t } = useTranslation()
  const text = useProblemText()
  const box = outboxOf(round)
  const { waiting, failing } = useStore(box.store)
  if (!failing) return null
  return (
    <Notice
      tone="urgent"
      action={
        <Button size="small" onClick={box.hurry}>
          {t('rounds_live.unsent.again')}
        </Button>
      }
    >
      {t('rounds_live.unsent.said', { count: waiting.length })} {text(failing)}
    </Notice>
  )
}
