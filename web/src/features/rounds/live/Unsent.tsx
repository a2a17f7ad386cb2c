/** What was done here and has not arrived: it is kept and sent again by itself. And what had waited so and the server
 *  then did not take. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { canSeal } from '../../../kit/unsent/shelf'
import { useShelf } from '../../../kit/unsent/useUnsent'
import { useStore } from '../../room/visit/useVisit'
import { outboxOf } from './outbox'
import type { Round } from './queries'

export function Unsent({ round: { id, items } }: { round: Pick<Round, 'id' | 'items'> }) {
  const { t } = useTranslation()
  const text = useProblemText()
  const box = outboxOf(id, useShelf())
  const { waiting, failing, refused } = useStore(box.store)
  const bedOf = (id?: string | null) => {
    const bed = items.find((each) => each.id === id)?.bed
    return bed && `${t('rounds_live.unsent.at', { bed })} `
  }
  return (
    <>
      {failing && (
        <Notice
          tone="urgent"
          action={
            <Button size="small" onClick={box.hurry}>
              {t('rounds_live.unsent.again')}
            </Button>
          }
        >
          {t('rounds_live.unsent.said', { count: waiting.length })}{' '}
          {t(`rounds_live.unsent.${canSeal() ? 'kept' : 'stay'}`)} {text(failing)}
        </Notice>
      )}
      {refused.length > 0 && (
        <Notice
          tone="urgent"
          action={
            <Button size="small" onClick={box.forget}>
              {t('rounds_live.unsent.seen')}
            </Button>
          }
        >
          {t('rounds_live.unsent.refused')}{' '}
          {refused.map(({ act, why }) => (
            <span key={act.occurred_at}>
              {bedOf(act.item_id)}
              {t(`rounds_live.act.${act.kind}`)}
              {t('state.after_colon')}
              {act.text} {text(why)}{' '}
            </span>
          ))}
        </Notice>
      )}
    </>
  )
}
