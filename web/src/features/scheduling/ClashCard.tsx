/** Why a time was not booked: whose booking stands in the way, what it is, when, and who made it. */
import { CloseCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Clash, Span } from '../../consultation/bookings'
import css from './cards.module.css'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

export type Refused = { span: Span; at: number; clashes: readonly Clash[] }

export function ClashCard({
  refused,
  zone,
  onClose,
}: {
  refused: Refused
  zone: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named, what, bookedBy } = useBookingWords()
  return (
    <section className={`${css.card} ${css.clash} ${css.other}`} role="alert">
      <div className={css.title}>
        <CloseCircleOutlined aria-hidden className={css.bad ?? ''} />
        <b className={css.bad}>{t('scheduling.clash_title', { time: words.span(refused.span) })}</b>
        <span className="secondary small push">
          {t('scheduling.clash_kept', { at: words.clock(refused.at) })}
        </span>
      </div>
      <dl className={css.clashes}>
        {refused.clashes.map((clash) => (
          <div key={`${clash.booking_id} ${clash.resource_id}`} style={{ display: 'contents' }}>
            <dt>
              <b>{named(clash)}</b>
            </dt>
            <dd>
              {words.during(spanOf(clash))} <b>{what(clash)}</b>
              <span className="secondary">
                {' · '}
                {t('scheduling.by', { name: bookedBy(clash) })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <div className={css.line}>
        <span />
        <Button type="text" onClick={onClose}>
          {t('scheduling.understood')}
        </Button>
      </div>
    </section>
  )
}
