/** 我的日程: one's own week, each entry leading to what it is; seven columns, on a phone one list. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client } from '../../../api/client'
import { serverNow } from '../../../api/clock'
import type { Span } from '../../../consultation/bookings'
import { EmptyState } from '../../../kit/EmptyState'
import { ErrorState } from '../../../kit/ErrorState'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { paths } from '../../../paths'
import cards from '../cards.module.css'
import { Recurs } from '../series/Recurs'
import { EntryDialog } from '../timeline/EntryDialog'
import type { Moved } from '../timeline/options'
import { useDrawing } from '../timeline/useDrawing'
import { WeekBar } from '../WeekBar'
import { dayOf, weekOf } from '../week'
import { useBookingWords, useTimeWords } from '../words'
import css from './agenda.module.css'
import { type AgendaEntry, type Day, daysOf, type Item, type Shift } from './days'

const LEGEND = ['busy', 'consultation', 'held'] as const

const mineQuery = ({ start, end }: Span) => {
  const query = { from: new Date(start).toISOString(), to: new Date(end).toISOString() }
  return queryOptions({
    queryKey: ['calendar', 'mine', query],
    queryFn: ({ signal }) => body(client.GET('/api/calendar/mine', { params: { query }, signal })),
    placeholderData: (before) => before,
  })
}
const dutyQuery = () =>
  queryOptions({
    queryKey: ['on-duty'],
    queryFn: ({ signal }) => body(client.GET('/api/on-duty', { signal })),
  })

type Props = {
  zone: string
  focus: string
  look: Span
  onFocus: (day: string) => void
  extra: ReactNode
}

export function Agenda({ zone, focus, look, onFocus, extra }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(mineQuery(look))
  // The shifts may be missing: what one is booked for is shown all the same.
  const shifts = useQuery(dutyQuery()).data?.mine ?? []
  const [moved, setMoved] = useState<Moved | null>(null)
  const days = data && daysOf(data.items, shifts, weekOf(focus), zone)
  return (
    <section className={cards.panel} aria-label={t('scheduling.mine')}>
      <WeekBar zone={zone} focus={focus} onFocus={onFocus} legend={LEGEND} extra={extra} />
      {error && !data && (
        <ErrorState error={error} what={t('scheduling.mine')} onRetry={() => void refetch()} />
      )}
      {!data && !error && <PanelSkeleton rows={5} rowHeight={40} />}
      {days?.every(({ items }) => items.length === 0) && (
        <EmptyState title={t('scheduling.empty_week')} hint={t('scheduling.empty_week_hint')} />
      )}
      {days?.some(({ items }) => items.length > 0) && (
        <ol className={css.week}>
          {days.map((one) => (
            <OneDay key={one.day} {...one} zone={zone} onOpen={setMoved} />
          ))}
        </ol>
      )}
      {moved && <EntryDialog moved={moved} zone={zone} onClose={() => setMoved(null)} />}
    </section>
  )
}

type Shown = { zone: string; onOpen: (moved: Moved) => void }

function OneDay({ day, items, zone, onOpen }: Day & Shown) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const today = day === dayOf(serverNow(), zone)
  return (
    <li className={`${css.day} ${today ? css.today : ''} ${items.length === 0 ? css.free : ''}`}>
      <h3 className={css.head}>
        {words.whole(day)}
        {today && <span className={css.todayWord}> {t('scheduling.today')}</span>}
      </h3>
      {items.length === 0 && <p className="secondary small">{t('scheduling.free_day')}</p>}
      <ul className={css.items}>
        {items.map((item) => (
          <li key={item.key}>
            {item.entry ? (
              <Booked item={item} entry={item.entry} zone={zone} onOpen={onOpen} />
            ) : (
              <OnDuty item={item} shift={item.shift} zone={zone} />
            )}
          </li>
        ))}
      </ul>
    </li>
  )
}

function When({ item, zone }: { item: Item; zone: string }) {
  const { t } = useTranslation()
  const { times } = useTimeWords(zone)
  return <span className={css.when}>{item.whole ? t('scheduling.all_day') : times(item.part)}</span>
}

/** Where it leads; a busy time has no page and opens a window. */
const pageOf = ({ activity, activity_id }: AgendaEntry): string | null => {
  if (activity_id === null) return null
  if (activity === 'consultation') return paths.consultation(activity_id)
  return activity === 'round' ? paths.round(activity_id) : null
}

function Booked({ item, entry, zone, onOpen }: Shown & { item: Item; entry: AgendaEntry }) {
  const { named, hospital } = useBookingWords()
  const drawing = useDrawing(zone)
  const look =
    entry.state === 'held' ? css.held : entry.kind === 'consultation' ? css.consultation : ''
  const over = entry.phase === 'over' || Date.parse(entry.ends_at) < serverNow()
  const where = [
    named({ name: entry.venue, name_en: entry.venue_en }),
    ...entry.hospitals.map(hospital),
    drawing.held(entry),
  ]
  const inside = (
    <>
      <When item={item} zone={zone} />
      <b>{drawing.what(entry)}</b>
      {entry.series_id && <Recurs className={css.where} />}
      {where.filter(Boolean).map((line) => (
        <span key={line} className={css.where}>
          {line}
        </span>
      ))}
    </>
  )
  const className = `${css.item} ${look} ${over ? css.over : ''}`
  const page = pageOf(entry)
  return page ? (
    <Link className={className} to={page}>
      {inside}
    </Link>
  ) : (
    <button
      type="button"
      className={className}
      onClick={() => onOpen({ entry, to: null, moving: false, back: () => undefined })}
    >
      {inside}
    </button>
  )
}

function OnDuty({ item, shift, zone }: { item: Item; shift: Shift; zone: string }) {
  const { t } = useTranslation()
  const { named } = useBookingWords()
  return (
    <Link className={`${css.item} ${css.duty}`} to={paths.onDuty()}>
      <When item={item} zone={zone} />
      <b>{t('taken.kind.duty')}</b>
      <span className={css.where}>{named(shift)}</span>
    </Link>
  )
}
