/** The calendar and the cards below it: one time is chosen, and one button books it. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { departmentsQuery, expertsQuery, proposalsQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import { EmptyState } from '../../kit/EmptyState'
import { PanelSkeleton } from '../../kit/Skeletons'
import { BookingCalendar } from './BookingCalendar'
import { ClashCard } from './ClashCard'
import type { Band, Part } from './calendar'
import css from './cards.module.css'
import { OtherTime } from './OtherTime'
import { ProposalCard } from './ProposalCard'
import { calendarQuery, type Proposal } from './queries'
import { blockKey, clashKeys, obstacles, venueFor } from './rows'
import { useBooking } from './useBooking'
import { WeekBar } from './WeekBar'
import {
  addDays,
  dayOf,
  instant,
  MINUTE,
  minuteOf,
  type Span,
  spanOf,
  weekOf,
  wideDays,
} from './week'
import { useBookingWords, useTimeWords, useZone } from './words'

const LEGEND = ['busy', 'consultation', 'held', 'wished', 'proposal', 'clash'] as const
const LENGTH = 40

/** Where the form begins until a time is picked: in an hour by day, at nine the next morning by night. */
const soon = (zone: string): Span => {
  const hour = 60 * MINUTE
  const next = Math.ceil((serverNow() + hour) / hour) * hour
  const minute = minuteOf(next, zone)
  const today = dayOf(serverNow(), zone)
  const late = minute < 8 * 60 || minute > 17 * 60 || dayOf(next, zone) !== today
  const morning = instant(
    minuteOf(serverNow(), zone) < 8 * 60 ? today : addDays(today, 1),
    540,
    zone,
  )
  const start = late ? morning : next
  return { start, end: start + LENGTH * MINUTE }
}

/** Today, where that shows the earliest proposal too; or else its day. */
function firstFocus(proposals: readonly Proposal[], zone: string): string {
  const today = dayOf(serverNow(), zone)
  const day = proposals[0] ? dayOf(Date.parse(proposals[0].starts_at), zone) : today
  return wideDays(weekOf(today), today).includes(day) ? today : day
}

export function Booking({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const zone = useZone(c.hub_id)
  const words = useTimeWords(zone)
  const { named } = useBookingWords()
  const [pickedLead, setLead] = useState<string | null>(c.content.expert_wanted ?? null)
  const [first] = useState(() => soon(zone))
  const [picked, setPicked] = useState<Span | null>(null)
  const [pickedVenue, setVenue] = useState<string | null>(null)
  const [chosen, setChosen] = useState(0)
  const [pickedFocus, setFocus] = useState<string | null>(null)
  const { book, busy, refused, dismiss } = useBooking(c)

  const lead = c.lead?.id ?? pickedLead
  const moving = c.starts_at !== null && c.state !== 'accepted'
  const departments = useQuery(departmentsQuery()).data ?? []
  const specialty = departments.find(({ id }) => id === c.hub_department_id)?.specialty
  const found = useQuery({ ...proposalsQuery(c.id, pickedLead), enabled: lead !== null })
  const proposals = found.data?.items ?? []
  const proposal = picked ? null : (proposals[chosen] ?? null)

  const focus = pickedFocus ?? firstFocus(proposals, zone)
  const week = weekOf(focus)
  const hospitals = [c.hub_id, c.branch_id]
  const people = [lead, c.accompanying?.id].filter((id) => typeof id === 'string')
  const asked = specialty ?? c.content.specialty
  const look = {
    start: instant(week[0] ?? focus, 0, zone),
    end: instant(addDays(week[6] ?? focus, 1), 0, zone),
  }
  const calendar = useQuery(
    calendarQuery(look, { hospitals, people, ...(asked ? { specialty: asked } : {}) }),
  )

  const at = picked ?? (proposal ? spanOf(proposal) : null)
  const venues = (calendar.data?.resources ?? []).filter(({ kind }) => kind === 'venue')
  const venue =
    venues.find(({ id }) => id === pickedVenue) ??
    (calendar.data ? venueFor(calendar.data, c.hub_id, at ?? first, c.id) : null)
  const room = picked ? (venue?.id ?? null) : (proposal?.venue.id ?? null)
  const needed = [...people, ...(room ? [room] : [])]
  const inTheWay = calendar.data && picked ? obstacles(calendar.data, needed, picked, c.id) : []

  const parts = new Map<string, Part>()
  if (lead) parts.set(lead, 'lead')
  if (c.accompanying) parts.set(c.accompanying.id, 'accompanying')
  if (room) parts.set(room, 'venue')
  const bands: Band[] = proposals.map((one, i) => ({
    key: one.starts_at,
    label: String(i + 1),
    span: spanOf(one),
    chosen: one === proposal,
  }))
  if (picked) bands.push({ key: 'picked', label: '✓', span: picked, chosen: true })
  const clashes = new Set([
    ...inTheWay.map(({ entry, resource }) => blockKey(entry.id, resource.id)),
    ...(refused ? clashKeys(refused.clashes) : []),
  ])

  const pick = (span: Span) => {
    setPicked(span)
    if (!week.includes(dayOf(span.start, zone))) setFocus(dayOf(span.start, zone))
    dismiss()
  }
  const choose = (one: Proposal, i: number) => {
    setPicked(null)
    setChosen(i)
    setFocus(dayOf(Date.parse(one.starts_at), zone))
    dismiss()
  }
  const send = (span: Span, room: string) =>
    book({ span, venue: room, lead: c.lead ? null : pickedLead })

  return (
    <div className={css.page}>
      <section className={css.panel}>
        <WeekBar
          zone={zone}
          focus={focus}
          onFocus={setFocus}
          legend={LEGEND}
          note={
            moving && c.starts_at && c.ends_at ? (
              <b className="small">
                {t('scheduling.now_at', {
                  time: words.span(spanOf({ starts_at: c.starts_at, ends_at: c.ends_at })),
                  venue: named({ name: c.venue, name_en: c.venue_en }),
                })}
              </b>
            ) : (
              !c.lead &&
              pickedLead && <LeadSelect hub={c.hub_id} value={pickedLead} onChange={setLead} />
            )
          }
        />
        {calendar.data ? (
          <BookingCalendar
            calendar={calendar.data}
            zone={zone}
            week={week}
            focus={focus}
            onFocus={setFocus}
            hospitals={hospitals}
            parts={parts}
            subject={c.id}
            wishes={(c.content.wishes ?? []).map(({ start, end }) =>
              spanOf({ starts_at: start, ends_at: end }),
            )}
            bands={bands}
            clashes={clashes}
            length={LENGTH}
            onPick={(span, resource) => {
              pick(span)
              if (venues.some(({ id }) => id === resource)) setVenue(resource)
            }}
          />
        ) : (
          <PanelSkeleton rows={9} rowHeight={40} />
        )}
      </section>
      <div className={css.cards}>
        {proposals.map((one, i) => (
          <ProposalCard
            key={`${one.starts_at} ${one.venue.id}`}
            proposal={one}
            number={i + 1}
            zone={zone}
            chosen={one === proposal}
            moving={moving}
            people={(calendar.data?.resources ?? [])
              .filter(({ id }) => people.includes(id))
              .map(named)}
            due={c.elective ? null : c.sign_due_at}
            busy={busy && one === proposal}
            onChoose={() => choose(one, i)}
            onBook={() => send(spanOf(one), one.venue.id)}
          />
        ))}
        {proposals.length === 0 && (
          <NoProposals
            leadSelect={
              lead === null && <LeadSelect hub={c.hub_id} value={null} onChange={setLead} />
            }
            wishless={!c.content.wishes?.length}
            searching={found.isLoading}
          />
        )}
        {refused ? (
          <ClashCard refused={refused} zone={zone} onClose={dismiss} />
        ) : (
          <OtherTime
            zone={zone}
            picked={picked}
            first={first}
            onPick={pick}
            venues={venues}
            venue={venue}
            onVenue={(id) => {
              setVenue(id)
              setPicked((before) => before ?? first)
            }}
            obstacles={inTheWay}
            moving={moving}
            ready={lead !== null && room !== null}
            busy={busy && picked !== null}
            onBook={() => picked && room && send(picked, room)}
          />
        )}
      </div>
    </div>
  )
}

type Why = { leadSelect: ReactNode; wishless: boolean; searching: boolean }

function NoProposals({ leadSelect, wishless, searching }: Why) {
  const { t } = useTranslation()
  const calm = leadSelect || searching || wishless
  const title = leadSelect
    ? t('scheduling.choose_lead')
    : searching
      ? t('scheduling.searching')
      : t(wishless ? 'scheduling.no_wishes' : 'scheduling.none')
  return (
    <div className={`${css.card} ${css.empty}`} role="status">
      <EmptyState
        title={title}
        {...(calm ? {} : { hint: t('scheduling.none_hint') })}
        action={leadSelect}
      />
    </div>
  )
}

function LeadSelect(p: { hub: string; value: string | null; onChange: (id: string) => void }) {
  const { t } = useTranslation()
  const { named } = useBookingWords()
  const experts = useQuery(expertsQuery(p.hub)).data ?? []
  return (
    <Select
      size="small"
      style={{ minWidth: 200 }}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('scheduling.lead_label')}
      placeholder={t('scheduling.lead_label')}
      value={p.value}
      onChange={(id) => id && p.onChange(id)}
      options={experts.map((one) => ({ value: one.id, label: named(one) }))}
    />
  )
}
