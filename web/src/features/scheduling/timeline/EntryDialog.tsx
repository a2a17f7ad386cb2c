/** A booking of the calendar: what it is, whose time it takes and, for whom it may move, another time with all that is
 *  then in the way. Dropping a block comes here too, so that nothing moves without a yes. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { serverNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import { calendarQuery, type Entry, type Resource, type Span } from '../../../consultation/bookings'
import { Dialog } from '../../../kit/Dialog'
import { Notice } from '../../../kit/Notice'
import { paths } from '../../../paths'
import { BusyDialogs } from '../BusyDialogs'
import type { Obstacle } from '../rows'
import { Recurs } from '../series/Recurs'
import { addDays, dayOf, instant, spanOf } from '../week'
import { useBookingWords, useTimeWords } from '../words'
import { MoveFields } from './MoveFields'
import { Obstacles } from './Obstacles'
import type { Moved } from './options'
import { met } from './plan'
import css from './timeline.module.css'
import { useDrawing } from './useDrawing'
import { useMove } from './useMove'

type Props = { moved: Moved; zone: string; onClose: () => void }

/** Everything that takes the time of the booking's people and places on these days. */
function useAround(entry: Entry, span: Span, zone: string) {
  const { actor } = useSession()
  const look = {
    start: instant(dayOf(span.start, zone), 0, zone),
    end: instant(addDays(dayOf(span.end, zone), 1), 0, zone),
  }
  const asked = calendarQuery(look, { hospitals: [actor.hospital_id], people: entry.resources })
  const { data, isPlaceholderData } = useQuery(asked)
  const its = (data?.resources ?? []).filter(({ id }) => entry.resources.includes(id))
  return { resources: its, calendar: isPlaceholderData ? undefined : data }
}

export function EntryDialog({ moved: { entry, to, moving, back }, zone, onClose }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named, what } = useBookingWords()
  const now = spanOf(entry)
  const [span, setSpan] = useState<Span>(to ?? now)
  const { resources, calendar } = useAround(entry, span, zone)
  const { move, busy, asking, ready, stale, refused, dismiss } = useMove(entry, resources, onClose)
  const found = calendar ? met(calendar, entry, span) : []
  /** One's own time, or a room's, may go over others: they are then given up or kept one by one. */
  const gives = entry.activity === null && entry.resources.length === 1
  const same = span.start === now.start && span.end === now.end
  const refusal = stale
    ? t('scheduling.moved_by_others')
    : same
      ? t('scheduling.unchanged')
      : span.end <= serverNow()
        ? t('scheduling.past')
        : !ready || !calendar
          ? t('scheduling.checking')
          : found.length > 0 && !gives
            ? t('scheduling.choose_free')
            : null
  const close = () => {
    back()
    onClose()
  }
  if (asking.over || asking.limited)
    return <BusyDialogs asking={asking} zone={zone} save={t('scheduling.move_here')} />
  return (
    <Dialog
      title={what(entry)}
      {...(entry.movable
        ? {
            confirm: t('scheduling.move_here'),
            keep: t(to ? 'scheduling.put_back' : 'scheduling.leave'),
            refusal,
            busy,
            onConfirm: () => move(span),
          }
        : {})}
      onClose={close}
    >
      <About entry={entry} zone={zone} resources={resources} />
      {entry.movable && (
        <>
          <p className={css.when}>
            <span className={same ? undefined : css.before}>{words.span(now)}</span>
            {!same && <b>{words.span(span)}</b>}
          </p>
          <MoveFields
            zone={zone}
            span={span}
            first={moving}
            onChange={(next) => {
              dismiss()
              setSpan(next)
            }}
          />
          <Affected found={found} gives={gives} zone={zone} />
          {refused.length > 0 && found.length === 0 && (
            <Notice tone="stat">
              {t('scheduling.not_moved')}
              {refused.map((clash) => (
                <div key={`${clash.booking_id} ${clash.resource_id}`}>
                  <b>{named(clash)}</b> {words.during(spanOf(clash))} {what(clash)}
                </div>
              ))}
            </Notice>
          )}
          {!same && calendar && found.length === 0 && (
            <p className="small">{t('scheduling.move_free')}</p>
          )}
          <Told entry={entry} resources={resources} />
        </>
      )}
    </Dialog>
  )
}

/** What is booked at the new time. */
function Affected(p: { found: Obstacle[]; gives: boolean; zone: string }) {
  const { t } = useTranslation()
  return (
    p.found.length > 0 && (
      <Notice tone="stat">
        <Obstacles found={p.found} zone={p.zone} />
        {p.gives && <div>{t('scheduling.over.next')}</div>}
      </Notice>
    )
  )
}

/** Where it leads, when it is, who comes, and until when it is only held. */
function About({ entry, zone, resources }: { entry: Entry; zone: string; resources: Resource[] }) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named, bookedBy } = useBookingWords()
  const drawing = useDrawing(zone)
  const by = bookedBy(entry)
  const lines = [
    entry.movable ? '' : words.span(spanOf(entry)),
    resources.map(named).join(t('scheduling.list')),
    entry.note,
    entry.override_reason &&
      `${t('state.labelled', { label: t('scheduling.limits.passed') })}${entry.override_reason}`,
    drawing.held(entry) || (by ? t('scheduling.by', { name: by }) : ''),
  ].filter(Boolean)
  const page =
    entry.activity_id === null
      ? null
      : entry.activity === 'round'
        ? paths.round(entry.activity_id)
        : entry.activity === 'consultation'
          ? paths.consultation(entry.activity_id)
          : null
  return (
    <>
      {entry.series_id && (
        <p>
          <Recurs /> {t(entry.movable ? 'recurring.moves_one' : 'recurring.part_of')}
        </p>
      )}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {page && <Link to={page}>{t('scheduling.open_it')}</Link>}
    </>
  )
}

/** Who is told of a move, and how. */
function Told({ entry, resources }: { entry: Entry; resources: Resource[] }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = useBookingWords()
  const others = resources.filter(({ id, kind }) => kind === 'person' && id !== actor.id)
  const names = others.map(named).join(t('scheduling.list'))
  return (
    <p className="secondary small">
      {names
        ? t(
            entry.activity === 'consultation'
              ? 'scheduling.told_again'
              : 'scheduling.told_in_calendar',
            { names },
          )
        : t('scheduling.told_nobody')}
    </p>
  )
}
