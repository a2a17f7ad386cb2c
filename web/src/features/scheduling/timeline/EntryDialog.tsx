/** A booking of the calendar: what it is, whose time it takes and, for whom it may move, another time with all that is
 *  then in the way. Dropping a block comes here too, so that nothing moves without a yes. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { serverNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import {
  type Clash,
  calendarQuery,
  type Entry,
  type Resource,
  type Span,
} from '../../../consultation/bookings'
import { Dialog } from '../../../kit/Dialog'
import { Notice } from '../../../kit/Notice'
import { paths } from '../../../paths'
import { BusyDialogs } from '../BusyDialogs'
import { Relaxed } from '../Relaxed'
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

/** A time for it, and whether it can be moved there. */
function useTime({ entry, to }: Moved, zone: string, onDone: () => void) {
  const { t } = useTranslation()
  const now = spanOf(entry)
  const [span, setSpan] = useState<Span>(to ?? now)
  const { resources, calendar } = useAround(entry, span, zone)
  const moving = useMove(entry, resources, onDone)
  const { ready, stale, refused, optional } = moving
  const found = calendar ? met(calendar, entry, span) : []
  /** One's own time, or a room's, may go over others: they are then given up or kept one by one. */
  const gives = entry.activity === null && entry.resources.length === 1
  const blocked = !gives && found.some(({ resource }) => !optional.has(resource.id))
  const same = span.start === now.start && span.end === now.end
  const fits =
    same || !calendar || blocked || refused.length > 0
      ? null
      : found.length === 0
        ? t('scheduling.move_free')
        : gives
          ? null
          : t('scheduling.others_free')
  const refusal = stale
    ? t('scheduling.moved_by_others')
    : same
      ? t('scheduling.unchanged')
      : span.end <= serverNow()
        ? t('scheduling.past')
        : !ready || !calendar
          ? t('scheduling.checking')
          : blocked
            ? t('scheduling.choose_free')
            : null
  /** What would be booked if something helped. */
  const helped = !stale && !same && (blocked || refused.length > 0) && span.start > serverNow()
  const wanted = helped ? moving.wanted(span) : null
  return { ...moving, now, span, setSpan, resources, found, gives, same, fits, refusal, wanted }
}

export function EntryDialog({ moved, zone, onClose }: Props) {
  const { entry, to, moving, back } = moved
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { what } = useBookingWords()
  const time = useTime(moved, zone, onClose)
  const { span, resources, move, busy, asking, refused, found, gives, same, refusal, wanted } = time
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
            <span className={same ? undefined : css.before}>{words.span(time.now)}</span>
            {!same && <b>{words.span(span)}</b>}
          </p>
          <MoveFields
            zone={zone}
            span={span}
            first={moving}
            onChange={(next) => {
              time.dismiss()
              time.setSpan(next)
            }}
          />
          {refused.length > 0 ? (
            <NotMoved refused={refused} zone={zone} />
          ) : (
            <Affected found={found} gives={gives} zone={zone} />
          )}
          {wanted && (
            <Relaxed
              {...{ id: entry.activity_id ?? '', wanted, busy }}
              onBook={(one) => move(span, one)}
            />
          )}
          {time.fits && <p className="small">{time.fits}</p>}
          <Told entry={entry} resources={resources} />
        </>
      )}
    </Dialog>
  )
}

/** What the server found at the new time, which took nobody's time. */
function NotMoved({ refused, zone }: { refused: readonly Clash[]; zone: string }) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named, what } = useBookingWords()
  return (
    <Notice tone="stat">
      {t('scheduling.not_moved')}
      {refused.map((clash) => (
        <div key={`${clash.booking_id} ${clash.resource_id}`}>
          <b>{named(clash)}</b> {words.during(spanOf(clash))} {what(clash)}
        </div>
      ))}
    </Notice>
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
