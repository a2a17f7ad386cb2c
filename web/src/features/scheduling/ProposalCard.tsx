/** A proposed time: when, why it fits, whether it meets the deadline, who and where. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Proposal } from '../../consultation/bookings'
import { useFormat } from '../../i18n/format'
import css from './cards.module.css'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

type Props = {
  proposal: Proposal
  number: number
  zone: string
  chosen: boolean
  moving: boolean
  /** The names of those who are asked. */
  people: readonly string[]
  due: string | null
  busy: boolean
  onChoose: () => void
  onBook: () => void
}

export function ProposalCard(p: Props) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const { span } = useTimeWords(p.zone)
  const { named } = useBookingWords()
  const { proposal, due } = p
  const after = proposal.why === 'out_of_hours'
  const left = due === null ? null : Date.parse(due) - Date.parse(proposal.ends_at)
  const title = span(spanOf(proposal))
  return (
    <section className={`${css.card} ${p.chosen ? css.chosen : ''}`} aria-label={title}>
      <div className={css.title}>
        <span className={css.number}>{p.number}</span>
        <b>{title}</b>
      </div>
      <span className={`small ${after ? css.warn : css.good}`}>
        {after ? <WarningOutlined aria-hidden /> : <CheckOutlined aria-hidden />}{' '}
        {t(`scheduling.why.${proposal.why}`)}
      </span>
      {left !== null && (
        <span className={`small ${left < 0 ? css.warn : ''}`}>
          {t(left < 0 ? 'scheduling.after_due' : 'scheduling.before_due', {
            time: duration(Math.abs(left)),
          })}
        </span>
      )}
      {proposal.guessed.length > 0 && (
        <span className={`small ${css.warn}`}>
          {t('scheduling.guessed', { years: proposal.guessed.join(' / ') })}
        </span>
      )}
      <span className="secondary small">{[...p.people, named(proposal.venue)].join(' · ')}</span>
      <div className={css.foot}>
        {p.chosen ? (
          <Button type="primary" block loading={p.busy} onClick={p.onBook}>
            {t(p.moving ? 'scheduling.move' : 'scheduling.book')}
          </Button>
        ) : (
          <Button block onClick={p.onChoose}>
            {t('scheduling.use_this')}
          </Button>
        )}
      </div>
    </section>
  )
}
