/** A day or a week of a hospital's people and places, on which bookings are dragged where the browser can. */
import { Segmented } from 'antd'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import type { Calendar, Clash, Span } from '../../consultation/bookings'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useFits } from '../../kit/useFits'
import { BookingCalendar } from './BookingCalendar'
import css from './cards.module.css'
import { DayStrip } from './DayStrip'
import { clashKeys } from './rows'
import { EntryDialog } from './timeline/EntryDialog'
import type { Moved } from './timeline/options'
import { WeekBar } from './WeekBar'
import { hoursFor, spanOf, weekOf } from './week'

const Timeline = lazy(() => import('./timeline/Timeline'))

const LEGEND = ['busy', 'consultation', 'held', 'shut', 'picked'] as const
const WITH_TELE = ['busy', 'consultation', 'held', 'shut', 'tele', 'picked'] as const
const USUAL = { from: 8 * 60, to: 18 * 60 }
/** The timeline lays its rows out by subgrids, which Chromium has since 117. Before, the calendar stands still. */
const able = () => typeof CSS !== 'undefined' && CSS.supports('grid-template-rows', 'subgrid')

type Props = {
  calendar: Calendar | undefined
  zone: string
  focus: string
  onFocus: (day: string) => void
  /** The rows to show; empty: all. */
  chosen: readonly string[]
  extra: ReactNode
  picked: Span
  clashes: readonly Clash[]
  onPick: (span: Span, row: string) => void
}

/** The calendar with the chosen rows alone; without any, with those of the reader's hospital. */
function only(calendar: Calendar, chosen: readonly string[], own: string): Calendar {
  const picked = calendar.resources.filter(({ id }) => chosen.includes(id))
  const rows =
    picked.length > 0 ? picked : calendar.resources.filter((row) => row.hospital_id === own)
  const shown = new Set(rows.map(({ id }) => id))
  const entries = calendar.entries.filter(({ resources }) => resources.some((id) => shown.has(id)))
  const openings = calendar.openings.filter(({ resource_id }) => shown.has(resource_id))
  return { ...calendar, resources: rows, entries, openings }
}

function useShown(all: Calendar | undefined, chosen: readonly string[]) {
  const { hospital_id: own } = useSession().actor
  const calendar = useMemo(() => all && only(all, chosen, own), [all, chosen, own])
  const hospitals = useMemo(
    () => [...new Set(calendar?.resources.map(({ hospital_id }) => hospital_id))],
    [calendar],
  )
  return { calendar, hospitals }
}

export function Hospital(p: Props) {
  const { t } = useTranslation()
  const { zone, focus, onFocus, picked } = p
  const phone = useFits('(max-width: 767px)')
  const [asked, setView] = useState<'day' | 'week'>('week')
  const [moved, setMoved] = useState<Moved | null>(null)
  const view = phone ? 'day' : asked
  const week = weekOf(focus)
  const days = useMemo(() => (view === 'day' ? [focus] : weekOf(focus)), [view, focus])
  const { calendar, hospitals } = useShown(p.calendar, p.chosen)
  const hours = useMemo(
    () => hoursFor(USUAL, calendar?.entries.map(spanOf) ?? [], days, zone),
    [calendar, days, zone],
  )
  const clashes = useMemo(() => new Set(p.clashes.map((one) => one.booking_id)), [p.clashes])
  const skeleton = <PanelSkeleton rows={9} rowHeight={40} />
  const shared = { zone, focus, hospitals, onPick: p.onPick }
  return (
    <section className={css.panel}>
      <WeekBar
        zone={zone}
        focus={focus}
        oneDay={view === 'day'}
        onFocus={onFocus}
        legend={calendar?.openings.some(({ tele }) => tele.length > 0) ? WITH_TELE : LEGEND}
        extra={
          <>
            {!phone && able() && (
              <Segmented
                size="small"
                aria-label={t('scheduling.view.label')}
                value={view}
                onChange={setView}
                options={(['day', 'week'] as const).map((value) => ({
                  value,
                  label: t(`scheduling.view.${value}`),
                }))}
              />
            )}
            {p.extra}
          </>
        }
      />
      {!calendar && skeleton}
      {calendar && able() && (
        <Suspense fallback={skeleton}>
          {phone && <DayStrip zone={zone} week={week} focus={focus} onFocus={onFocus} />}
          <Timeline
            {...shared}
            calendar={calendar}
            loaded={p.calendar ?? calendar}
            view={view}
            days={days}
            hours={hours}
            picked={picked}
            clashes={clashes}
            onOpen={setMoved}
          />
        </Suspense>
      )}
      {calendar && !able() && (
        <BookingCalendar
          {...shared}
          calendar={calendar}
          week={week}
          onFocus={onFocus}
          bands={[{ key: 'new', label: '✓', span: picked, chosen: true }]}
          clashes={new Set(clashKeys(p.clashes))}
          length={60}
        />
      )}
      {moved && <EntryDialog moved={moved} zone={zone} onClose={() => setMoved(null)} />}
    </section>
  )
}
