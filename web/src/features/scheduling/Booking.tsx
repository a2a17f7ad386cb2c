/** The calendar and the cards below it: one time is chosen, and one button books it. */
import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { expertsQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import { EmptyState } from '../../kit/EmptyState'
import { PanelSkeleton } from '../../kit/Skeletons'
import { BookingCalendar } from './BookingCalendar'
import { ClashCard } from './ClashCard'
import css from './cards.module.css'
import { LimitsDialog } from './LimitsDialog'
import { OtherTime } from './OtherTime'
import { ProposalCard } from './ProposalCard'
import { type Board, LENGTH, useBoard } from './useBoard'
import { WeekBar } from './WeekBar'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

const LEGEND = ['busy', 'consultation', 'held', 'wished', 'proposal', 'picked', 'clash'] as const

type Props = { consultation: Consultation; board: Board }

export function Booking({ consultation }: { consultation: Consultation }) {
  const board = useBoard(consultation)
  return (
    <div className={css.page}>
      <Week consultation={consultation} board={board} />
      <Cards consultation={consultation} board={board} />
      {board.limited && <LimitsDialog {...board.limited} zone={board.zone} busy={board.busy} />}
    </div>
  )
}

function Week({ consultation: c, board: b }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { zone, focus, setFocus, week, calendar, pickedLead, setLead, venues, setVenue } = b
  const words = useTimeWords(zone)
  const { named } = useBookingWords()
  return (
    <section className={css.panel}>
      <WeekBar
        zone={zone}
        focus={focus}
        onFocus={setFocus}
        legend={LEGEND}
        extra={
          <Button
            size="small"
            icon={<SearchOutlined aria-hidden />}
            onClick={() => void navigate('?find')}
          >
            {t('scheduling.find.title')}
          </Button>
        }
        note={
          b.moving && c.starts_at && c.ends_at ? (
            <b className="small">
              {t('scheduling.now_at', {
                time: words.span(spanOf({ starts_at: c.starts_at, ends_at: c.ends_at })),
                venue: [
                  named({ name: c.venue, name_en: c.venue_en }),
                  c.branch_venue && named({ name: c.branch_venue, name_en: c.branch_venue_en }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              })}
            </b>
          ) : (
            !c.lead &&
            pickedLead && <LeadSelect consultation={c} value={pickedLead} onChange={setLead} />
          )
        }
      />
      {calendar ? (
        <BookingCalendar
          calendar={calendar}
          zone={zone}
          week={week}
          focus={focus}
          onFocus={setFocus}
          hospitals={b.hospitals}
          parts={b.parts}
          subject={c.id}
          wishes={(c.content.wishes ?? []).map(({ start, end }) =>
            spanOf({ starts_at: start, ends_at: end }),
          )}
          bands={b.bands}
          clashes={b.clashes}
          length={LENGTH}
          onPick={(span, resource) => {
            b.pick(span)
            if (venues.some(({ id }) => id === resource)) setVenue(resource)
            if (b.branchVenues.some(({ id }) => id === resource)) b.setBranchVenue(resource)
          }}
        />
      ) : (
        <PanelSkeleton rows={9} rowHeight={40} />
      )}
    </section>
  )
}

function Cards({ consultation: c, board: b }: Props) {
  const { named } = useBookingWords()
  const { zone, lead, room, people, proposals, proposal, calendar, busy, moving } = b
  const { picked, first, pick, choose, setLead, setVenue, setPicked, venues, venue, send } = b
  const { refused, dismiss, inTheWay, searching } = b
  return (
    <div className={css.cards}>
      {proposals.map((one, i) => (
        <ProposalCard
          key={`${one.starts_at} ${one.venue.id}`}
          proposal={one}
          number={i + 1}
          zone={zone}
          chosen={one === proposal}
          moving={moving}
          people={(calendar?.resources ?? []).filter(({ id }) => people.includes(id)).map(named)}
          due={c.elective ? null : c.sign_due_at}
          busy={busy && one === proposal}
          onChoose={() => choose(one, i)}
          onBook={() => send(spanOf(one), one.venue.id)}
        />
      ))}
      {proposals.length === 0 && (
        <NoProposals
          leadSelect={
            lead === null && <LeadSelect consultation={c} value={null} onChange={setLead} />
          }
          mdt={c.mdt}
          wishless={!c.content.wishes?.length}
          searching={searching}
        />
      )}
      {refused ? (
        <ClashCard {...{ id: c.id, refused, zone, busy }} onBook={b.sendAs} onClose={dismiss} />
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
          branchVenues={b.branchVenues}
          branchVenue={b.branchVenue}
          onBranchVenue={b.setBranchVenue}
          obstacles={b.known ? inTheWay : null}
          moving={moving}
          ready={lead !== null && room !== null}
          busy={busy && picked !== null}
          onBook={() => picked && room && send(picked, room)}
        />
      )}
    </div>
  )
}

type Why = { leadSelect: ReactNode; mdt: boolean; wishless: boolean; searching: boolean }

function NoProposals({ leadSelect, mdt, wishless, searching }: Why) {
  const { t } = useTranslation()
  const calm = leadSelect || searching || wishless
  const title = leadSelect
    ? t(mdt ? 'scheduling.mdt.choose_chair' : 'scheduling.choose_lead')
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

type Choosing = {
  consultation: Consultation
  value: string | null
  onChange: (id: string) => void
}

function LeadSelect({ consultation: c, ...p }: Choosing) {
  const { t } = useTranslation()
  const { named } = useBookingWords()
  const experts = useQuery(expertsQuery(c.hub_id)).data ?? []
  const label = t(c.mdt ? 'scheduling.chair' : 'scheduling.lead_label')
  return (
    <Select
      size="small"
      style={{ minWidth: 200 }}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      value={p.value}
      onChange={(id) => id && p.onChange(id)}
      options={experts.map((one) => ({ value: one.id, label: named(one) }))}
    />
  )
}
