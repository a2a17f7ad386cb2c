/** People and places as rows, time to the right: bookings are dragged and lengthened, free time is picked. The bookings
 *  are buttons: Enter opens one, M gives it another time. */
import '@event-calendar/core/index.css'
import {
  createCalendar,
  destroyCalendar,
  Interaction,
  type Calendar as Library,
  ResourceTimeline,
} from '@event-calendar/core'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import type { Calendar, Span } from '../../../consultation/bookings'
import { groups } from '../rows'
import { type Hours, MINUTE } from '../week'
import { Meeting } from './Meeting'
import { entryAt, handlers, type Met, type Moved, optionsOf, plain } from './options'
import { across, eventsOf, rowsOf, shutHours, teleTimes } from './plan'
import css from './timeline.module.css'
import { useDrawing } from './useDrawing'

type Props = {
  /** What is drawn. */
  calendar: Calendar
  /** All that is known: a booking may also take people and places whose rows are not shown. */
  loaded: Calendar
  zone: string
  view: 'day' | 'week'
  days: readonly string[]
  focus: string
  hours: Hours
  hospitals: readonly string[]
  picked: Span | null
  clashes: ReadonlySet<string>
  onPick: (span: Span, row: string) => void
  onOpen: (moved: Moved) => void
}

export default function Timeline(p: Props) {
  const { t } = useTranslation()
  const { calendar, zone, days, hours, picked } = p
  const box = useRef<HTMLDivElement>(null)
  const [meeting, setMeeting] = useState<Met | null>(null)
  const [dragging, setDragging] = useState(false)
  const now = Math.floor(useNow() / MINUTE) * MINUTE
  const width = useWidth(box)
  const drawing = useDrawing(zone)

  const rows = useMemo(
    () => rowsOf(groups(calendar.resources, p.hospitals)),
    [calendar, p.hospitals],
  )
  const events = useMemo(() => {
    const every = calendar.resources.map(({ id }) => id)
    return [
      ...eventsOf(calendar.entries, zone),
      ...shutHours(calendar, days, hours, zone, css.shut ?? ''),
      ...teleTimes(calendar, zone, css.tele ?? ''),
      ...(picked ? [across('picked', picked, every, zone, css.picked ?? '')] : []),
      across('now', { start: now, end: now }, every, zone, css.now ?? ''),
    ]
  }, [calendar, zone, days, hours, picked, now])
  const options = useMemo(
    () => optionsOf({ view: p.view, hours, width, events, rows, drawing, clashes: p.clashes }),
    [p.view, hours, width, events, rows, drawing, p.clashes],
  )

  const given = { ...p, calendar: p.loaded, setMeeting, setDragging }
  const latest = useRef(given)
  useEffect(() => {
    latest.current = given
  })
  const library = useLibrary(box, () => handlers(() => latest.current))
  useOptions(library, options, dragging)
  useEffect(() => void library.current?.gotoDate(p.focus), [library, p.focus])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return
    const entry = entryAt(event.target, calendar)
    if (!entry) return
    event.preventDefault()
    p.onOpen({ entry, to: null, moving: entry.movable, back: () => undefined })
  }
  return (
    <>
      <section
        ref={box}
        className={css.timeline}
        aria-label={t('scheduling.timeline')}
        onKeyDown={onKeyDown}
      />
      {meeting && <Meeting {...meeting} zone={zone} />}
    </>
  )
}

function useLibrary(box: RefObject<HTMLElement | null>, first: () => Library.Options) {
  const library = useRef<Library | null>(null)
  const begin = useRef(first)
  useEffect(() => {
    const at = box.current
    if (!at) return
    const made = createCalendar(at, [ResourceTimeline, Interaction], begin.current())
    library.current = made
    const drawn = new MutationObserver(() => plain(at))
    drawn.observe(at, { childList: true, subtree: true })
    return () => {
      drawn.disconnect()
      library.current = null
      void destroyCalendar(made)
    }
  }, [box])
  return library
}

/** Gives the library what has changed; not while something is dragged, which would be taken out of the hand. */
function useOptions(library: RefObject<Library | null>, options: Library.Options, wait: boolean) {
  const given = useRef<Library.Options>({})
  useEffect(() => {
    const made = library.current
    if (!made || wait) return
    for (const name of Object.keys(options) as (keyof Library.Options)[])
      if (given.current[name] !== options[name]) made.setOption(name, options[name])
    given.current = options
  }, [library, options, wait])
}

function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const at = box.current
    if (!at) return
    const sizes = new ResizeObserver(() => setWidth(at.clientWidth))
    setWidth(at.clientWidth)
    sizes.observe(at)
    return () => sizes.disconnect()
  }, [box])
  return width
}
