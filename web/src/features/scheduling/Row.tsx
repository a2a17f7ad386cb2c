/** One person or venue: what takes their time, day by day; pointing at free time picks it. */
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry, Resource, Span } from '../../consultation/bookings'
import { initials, type Part, percent, roomFor, type Shared } from './calendar'
import css from './calendar.module.css'
import { blockKey } from './rows'
import { dayOf, MINUTE, place, pointed, STEP, spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

type Props = Shared & {
  row: Resource
  part: Part | null
  entries: readonly Entry[]
  subject: string
  clashes: ReadonlySet<string>
  length: number
  onPick?: (span: Span) => void
}

export function Row(p: Props) {
  const { t } = useTranslation()
  const { named, about } = useBookingWords()
  const { row, part, zone } = p
  const lines = [about(row), part && part !== 'venue' ? t(`scheduling.${part}`) : ''].filter(
    Boolean,
  )
  return (
    <div className={`${css.row} ${part ? css.needed : ''}`}>
      <div className={css.label} title={named(row)}>
        <b>
          {named(row)} {row.title && <span className={css.rank}>{t(`title.${row.title}`)}</span>}
        </b>
        <span className="secondary">{lines.join(' · ')}</span>
      </div>
      {p.week.map((day) =>
        p.wide.includes(day) ? (
          <Day key={day} {...p} day={day} />
        ) : (
          <Count
            key={day}
            count={
              p.entries.filter((entry) => dayOf(Date.parse(entry.starts_at), zone) === day).length
            }
          />
        ),
      )}
    </div>
  )
}

function Count({ count }: { count: number }) {
  const { t } = useTranslation()
  return (
    <span className={`secondary ${css.count}`}>
      {count > 0 ? t('scheduling.count', { n: String(count) }) : t('scheduling.nobody')}
    </span>
  )
}

/** One day: a click picks the usual length, a drag picks what it covers. */
function Day({ day, ...p }: Props & { day: string }) {
  const { zone, hours, onPick } = p
  const began = useRef<number | null>(null)
  const [drawn, setDrawn] = useState<Span | null>(null)
  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return pointed((event.clientX - box.left) / box.width, day, hours, zone)
  }
  const spanTo = (start: number, to: number): Span =>
    to === start
      ? { start, end: start + p.length }
      : { start: Math.min(start, to), end: Math.max(start, to) + STEP * MINUTE }
  const handlers = onPick && {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      began.current = at(event)
      setDrawn(spanTo(began.current, began.current))
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (began.current !== null) setDrawn(spanTo(began.current, at(event)))
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (began.current !== null) onPick(spanTo(began.current, at(event)))
      began.current = null
      setDrawn(null)
    },
    onPointerCancel: () => {
      began.current = null
      setDrawn(null)
    },
  }
  const ghost = drawn && place(drawn, day, hours, zone)
  return (
    <div className={`${css.cell} ${onPick ? css.pickable : ''}`} {...handlers}>
      {p.entries.map((entry) => (
        <Block key={entry.id} {...p} day={day} entry={entry} />
      ))}
      {ghost && (
        <i
          className={css.ghost}
          style={{ left: percent(ghost.left), width: percent(ghost.width) }}
        />
      )}
    </div>
  )
}

function Block({
  entry,
  day,
  zone,
  hours,
  row,
  subject,
  clashes,
}: Props & { entry: Entry; day: string }) {
  const { t } = useTranslation()
  const { what, bookedBy } = useBookingWords()
  const { times } = useTimeWords(zone)
  const span = spanOf(entry)
  const at = place(span, day, hours, zone)
  if (!at) return null
  const own = subject !== '' && entry.activity_id === subject
  const looks = clashes.has(blockKey(entry.id, row.id))
    ? css.clash
    : own
      ? css.own
      : entry.state === 'held'
        ? css.held
        : entry.kind === 'consultation'
          ? css.consultation
          : ''
  const text = own ? t('scheduling.own') : what(entry)
  const by = bookedBy(entry)
  const said = by
    ? t('scheduling.block_by', { time: times(span), what: text, by })
    : t('scheduling.block', { time: times(span), what: text })
  const again = entry.series_id ? t('recurring.mark') : ''
  const whole = [said, again].filter(Boolean).join(t('scheduling.and_so'))
  return (
    <span
      className={`${css.block} ${looks}`}
      style={{ left: percent(at.left), width: percent(at.width) }}
      title={whole}
    >
      <Short text={text} />
      <span className="unseen">{whole}</span>
    </span>
  )
}

/** The words of a block; where they do not fit, their initials. The words wrap away beside `css.strut` if too narrow. */
function Short({ text }: { text: string }) {
  return (
    <span className={css.words} aria-hidden="true">
      <i className={css.strut} />
      <span className={css.initials}>{initials(text)}</span>
      <span className={css.full} style={{ flexBasis: `${roomFor(text)}em` }}>
        <span>{text}</span>
      </span>
    </span>
  )
}
