/** Another time, picked on the calendar or entered here; shows what is in the way before it is sent. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import type { Resource, Span } from '../../consultation/bookings'
import { Field } from '../../kit/Field'
import css from './cards.module.css'
import type { Obstacle } from './rows'
import { TimeFields } from './TimeFields'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

const LENGTHS = [15, 20, 30, 40, 45, 60, 90, 120, 180]

type Props = {
  zone: string
  /** The time picked, and what the form begins with. */
  picked: Span | null
  first: Span
  onPick: (span: Span) => void
  venues: readonly Resource[]
  venue: Resource | null
  onVenue: (id: string) => void
  /** The branch's rooms, of which one may be taken too, also at a proposed time. */
  branchVenues: readonly Resource[]
  branchVenue: string | null
  onBranchVenue: (id: string | null) => void
  /** Null until the calendar of that time is here. */
  obstacles: readonly Obstacle[] | null
  moving: boolean
  ready: boolean
  busy: boolean
  onBook: () => void
}

export function OtherTime(p: Props) {
  const { t } = useTranslation()
  const { named, hospital } = useBookingWords()
  const span = p.picked ?? p.first
  return (
    <section
      className={`${css.card} ${css.other} ${p.picked ? css.chosen : ''}`}
      aria-label={t('scheduling.other')}
    >
      <div className={css.title}>
        <b className={css.other_title}>{t('scheduling.other')}</b>
        <span className="secondary small">{t('scheduling.other_hint')}</span>
      </div>
      <div className={css.fields}>
        <TimeFields zone={p.zone} span={span} lengths={LENGTHS} onChange={p.onPick} />
        <Field label={t('scheduling.venue')}>
          {({ id }) => (
            <Select
              id={id}
              popupMatchSelectWidth={false}
              value={p.venue?.id ?? null}
              onChange={(next) => next && p.onVenue(next)}
              options={p.venues.map((one) => ({
                value: one.id,
                label: `${named(one)} · ${hospital(one.hospital_id)}`,
              }))}
            />
          )}
        </Field>
        {p.branchVenues.length > 0 && <BranchVenue {...p} />}
      </div>
      <div className={css.line}>
        <span className="small" role="status">
          {p.picked && <Verdict {...p} span={p.picked} />}
        </span>
        <Button
          type={p.picked ? 'primary' : 'default'}
          disabled={!p.picked || !p.ready || span.end <= serverNow()}
          loading={p.busy}
          onClick={p.onBook}
        >
          {t(p.moving ? 'scheduling.move_to_this' : 'scheduling.book_this')}
        </Button>
      </div>
    </section>
  )
}

function BranchVenue({ branchVenues, branchVenue, onBranchVenue }: Props) {
  const { t } = useTranslation()
  const { named } = useBookingWords()
  return (
    <Field label={t('scheduling.branch_venue')} hint={t('scheduling.branch_venue_hint')}>
      {({ id }) => (
        <Select
          id={id}
          allowClear
          popupMatchSelectWidth={false}
          placeholder={t('scheduling.branch_venue_none')}
          value={branchVenue}
          onChange={(next) => onBranchVenue(next ?? null)}
          options={branchVenues.map((one) => ({ value: one.id, label: named(one) }))}
        />
      )}
    </Field>
  )
}

/** Whether this time is free, according to the calendar on screen; the server decides. */
function Verdict({ span, obstacles, zone }: Props & { span: Span }) {
  const { t } = useTranslation()
  const { during } = useTimeWords(zone)
  const { named, what } = useBookingWords()
  if (span.end <= serverNow()) return <span className={css.warn}>{t('scheduling.past')}</span>
  if (obstacles === null) return null
  if (obstacles.length === 0)
    return (
      <span className={css.good}>
        <CheckOutlined aria-hidden /> {t('scheduling.free_all')}
      </span>
    )
  return (
    <span className={css.bad}>
      <WarningOutlined aria-hidden />{' '}
      {obstacles
        .map(({ entry, resource }) =>
          t('scheduling.busy_some', {
            name: named(resource),
            what: what(entry),
            time: during(spanOf(entry)),
          }),
        )
        .join(' · ')}
    </span>
  )
}
