/** The library's options: how it looks here, and what is done on it. */
import type { Calendar as Library } from '@event-calendar/core'
import type { Calendar, Entry, Span } from '../../../consultation/bookings'
import type { Obstacle } from '../rows'
import { clockText } from '../TimeFields'
import { type Hours, MINUTE, spanOf } from '../week'
import { entryContent, node, rowContent } from './content'
import { dragged, type EntryProps, fromFloating, met, type RowProps, stretched } from './plan'
import css from './timeline.module.css'
import type { Drawing } from './useDrawing'

/** A booking that was opened, or dropped at `to`; `back` puts it where it was. */
export type Moved = { entry: Entry; to: Span | null; moving: boolean; back: () => void }
/** Where a booking is dragged to, and what it would meet there. */
export type Met = { span: Span; found: readonly Obstacle[] }

/** How long a picked time is before it is drawn longer. */
const LENGTH = 60 * MINUTE
const LABEL = 192
const NARROW_LABEL = 112
/** The least width of an hour, in which 40 minutes have room for an initial. */
const LEAST = 26
/** How many days of a week are seen at once. */
const AT_ONCE = 3.2

const same = (theirs: string | string[] | undefined, ours: string | undefined) =>
  `${String(theirs ?? '')} ${ours ?? ''}`.trim()

const theme = (their: Library.Theme): Library.Theme => {
  const ours: Record<string, string | undefined> = {
    calendar: css.calendar,
    toolbar: css.toolbar,
    main: css.main,
    sidebar: css.sidebar,
    colHead: css.colHead,
    slot: css.slot,
    rowHead: css.rowHead,
    expander: css.expander,
    event: css.event,
    eventBody: css.body,
    highlight: css.highlight,
  }
  const both = Object.entries(ours).map(([name, own]) => [name, same(their[name], own)] as const)
  return { ...their, ...Object.fromEntries(both) }
}

const entryIn = (event: Library.Event): Entry | null =>
  (event.extendedProps as Partial<EntryProps>).entry ?? null

const looks = (entry: Entry, clashes: ReadonlySet<string>): string[] => {
  const kept = entry.state === 'held' && entry.activity_id === null
  const look = clashes.has(entry.id)
    ? css.clash
    : kept
      ? css.kept
      : entry.state === 'held'
        ? css.held
        : entry.kind === 'consultation'
          ? css.consultation
          : ''
  return [look, entry.movable ? css.movable : ''].filter(
    (one) => one !== undefined && one !== '',
  ) as string[]
}

type Given = {
  view: 'day' | 'week'
  hours: Hours
  width: number
  events: Library.EventInput[]
  rows: Library.ResourceInput[]
  drawing: Drawing
  clashes: ReadonlySet<string>
}

/** What changes with the data, the language and the width. */
export function optionsOf({
  view,
  hours,
  width,
  events,
  rows,
  drawing,
  clashes,
}: Given): Library.Options {
  const room = width - (width < 640 ? NARROW_LABEL : LABEL)
  const count = (hours.to - hours.from) / 60
  const slotWidth = Math.max(LEAST, Math.floor(room / count / (view === 'day' ? 1 : AT_ONCE)))
  return {
    view: view === 'day' ? 'resourceTimelineDay' : 'resourceTimelineWeek',
    slotMinTime: clockText(hours.from),
    slotMaxTime: clockText(hours.to),
    slotWidth,
    resources: rows,
    events,
    eventContent: ({ event }) => {
      const entry = entryIn(event)
      return entry
        ? { domNodes: entryContent(entry.id, drawing.short(entry), drawing.whole(entry)) }
        : { domNodes: [] }
    },
    eventClassNames: ({ event }) => {
      const entry = entryIn(event)
      return entry ? looks(entry, clashes) : []
    },
    resourceLabelContent: ({ resource }) => {
      const { row, group } = resource.extendedProps as Partial<{ row: never; group: never }> &
        RowProps
      return row
        ? { domNodes: rowContent(...drawing.row(row)) }
        : { domNodes: [node('b', css.group, group ? drawing.group(group) : '')] }
    },
    highlightedDates: [drawing.today()],
    dayHeaderFormat: (date) => drawing.day(date),
    dayHeaderAriaLabelFormat: (date) => drawing.day(date),
    slotLabelFormat: (date) => String(date.getHours()),
  }
}

export type Latest = {
  calendar: Calendar
  zone: string
  onPick: (span: Span, row: string) => void
  onOpen: (moved: Moved) => void
  setMeeting: (met: Met | null) => void
  setDragging: (dragging: boolean) => void
}

/** What is done on it. While a booking is dragged, whatever it would meet is marked and named. */
export function handlers(latest: () => Latest): Library.Options {
  const begin = () => latest().setDragging(true)
  const end = () => {
    latest().setMeeting(null)
    latest().setDragging(false)
    mark([])
  }
  const over = (entry: Entry, span: Span) => {
    const found = met(latest().calendar, entry, span)
    latest().setMeeting({ span, found })
    mark(found.map((one) => one.entry.id))
    return true
  }
  const place = (start: string, stop: string | null, row: string | undefined) => {
    const { zone, onPick } = latest()
    const from = fromFloating(start, zone)
    if (row) onPick({ start: from, end: stop ? fromFloating(stop, zone) : from + LENGTH }, row)
  }
  return {
    ...STILL,
    eventClick: ({ event, el }) => {
      const entry = entryIn(event)
      el.focus()
      if (entry) latest().onOpen({ entry, to: null, moving: false, back: () => undefined })
    },
    eventDragStart: begin,
    eventResizeStart: begin,
    eventDragStop: end,
    eventResizeStop: end,
    // It keeps its people and places: those are changed where it is arranged.
    dragConstraint: ({ event, delta, newResource }) => {
      const entry = entryIn(event)
      return (
        entry !== null && !newResource && over(entry, dragged(spanOf(entry), delta, latest().zone))
      )
    },
    resizeConstraint: ({ event, endDelta }) => {
      const entry = entryIn(event)
      return entry !== null && over(entry, stretched(spanOf(entry), endDelta, latest().zone))
    },
    eventDrop: ({ event, delta, revert }) => {
      const entry = entryIn(event)
      if (entry) drop(entry, dragged(spanOf(entry), delta, latest().zone), revert)
    },
    eventResize: ({ event, endDelta, revert }) => {
      const entry = entryIn(event)
      if (entry) drop(entry, stretched(spanOf(entry), endDelta, latest().zone), revert)
    },
    select: ({ startStr, endStr, resource }) => place(startStr, endStr, resource?.id),
    dateClick: ({ dateStr, resource }) => place(dateStr, null, resource?.id),
  }
  function drop(entry: Entry, to: Span, back: () => void) {
    latest().onOpen({ entry, to, moving: true, back })
  }
}

/** What never changes. */
const STILL: Library.Options = {
  view: 'resourceTimelineWeek',
  theme,
  timeZone: 'UTC',
  firstDay: 1,
  headerToolbar: { start: '', center: '', end: '' },
  slotDuration: '01:00',
  slotLabelInterval: '02:00',
  scrollTime: '07:30', // a day that is drawn from the night on begins with the morning in view
  snapDuration: '00:05',
  selectable: true,
  editable: false,
  eventGap: 0,
  longPressDelay: 400,
}

const blockOf = (inside: Element) => inside.closest('article')

/** Marks these bookings wherever they stand, while another is dragged over them. */
function mark(ids: readonly string[]): void {
  for (const inside of document.querySelectorAll<HTMLElement>('[data-entry]'))
    if (css.clash)
      blockOf(inside)?.toggleAttribute('data-met', ids.includes(inside.dataset.entry ?? ''))
}

/** The booking whose block this is, or is in. */
export function entryAt(target: EventTarget, { entries }: Calendar): Entry | null {
  const block = target instanceof Element ? blockOf(target) : null
  const id = block?.querySelector<HTMLElement>('[data-entry]')?.dataset.entry
  return entries.find((entry) => entry.id === id) ?? null
}

/** Takes the library's words for a table away, which it does not keep: rows without cells, headings outside of rows. */
export function plain(box: HTMLElement): void {
  for (const role of ['table', 'rowgroup', 'row', 'cell', 'columnheader', 'rowheader'])
    for (const each of box.querySelectorAll(`[role=${role}]`)) {
      for (const name of ['role', 'aria-colindex', 'aria-colspan']) each.removeAttribute(name)
    }
}
