/** Why a time was not booked: whose booking stands in the way, what it is, when, and who made it. */
import { CloseCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Clash } from '../../consultation/bookings'
import css from './cards.module.css'
import { type Book, Relaxed } from './Relaxed'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

export type Refused = { wanted: Book; at: number; clashes: readonly Clash[] }

type Props = {
  /** The consultation. */
  id: string
  refused: Refused
  zone: string
  busy: boolean
  /** Books what makes the time possible. */
  onBook: (booking: Book) => void
  onClose: () => void
}

export function ClashCard({ id, refused, zone, busy, onBook, onClose }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named, what, bookedBy } = useBookingWords()
  return (
    <section className={`${css.card} ${css.clash} ${css.other}`} role="alert">
      <div className={css.title}>
        <CloseCircleOutlined aria-hidden className={css.bad ?? ''} />
        <b className={css.bad}>
          {t('scheduling.clash_title', { time: words.span(spanOf(refused.wanted)) })}
        </b>
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
      <Relaxed id={id} wanted={refused.wanted} busy={busy} onBook={onBook} />
      <div className={css.line}>
        <span />
        <Button type="text" onClick={onClose}>
          {t('scheduling.understood')}
        </Button>
      </div>
    </section>
  )
}
