/** While a booking is dragged: the time under the pointer, and what it would meet there. */
import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import cards from '../cards.module.css'
import { useTimeWords } from '../words'
import { Obstacles } from './Obstacles'
import type { Met } from './options'
import css from './timeline.module.css'

export function Meeting({ span, found, zone }: Met & { zone: string }) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const free = found.length === 0
  return (
    <div className={css.meeting} role="status">
      {free ? (
        <CheckCircleOutlined aria-hidden className={cards.good ?? ''} />
      ) : (
        <CloseCircleOutlined aria-hidden className={cards.bad ?? ''} />
      )}
      <b>{words.span(span)}</b>
      {free ? <span className={cards.good}>{t('scheduling.move_free')}</span> : null}
      <Obstacles found={found} zone={zone} />
    </div>
  )
}
