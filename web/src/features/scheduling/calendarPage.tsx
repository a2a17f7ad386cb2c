/** The week of the own hospital, and entering busy times: one's own, or for a coordinator others'. */
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { serverNow } from '../../api/clock'
import { useRole, useSession } from '../../api/session'
import { type Calendar, calendarQuery, type Span } from '../../consultation/bookings'
import { ErrorState } from '../../kit/ErrorState'
import { AvailabilityButton } from './AvailabilityDrawer'
import { Agenda } from './agenda/Agenda'
import { BusyDialogs } from './BusyDialogs'
import { BusyForm } from './BusyForm'
import { BusyList } from './BusyList'
import { ChooseRows } from './ChooseRows'
import css from './cards.module.css'
import { Hospital } from './Hospital'
import { Recurring } from './series/Recurring'
import { useBusy } from './useBusy'
import { useRows } from './useRows'
import { addDays, dayOf, instant, MINUTE, weekOf } from './week'
import { useBookingWords, useZone } from './words'

const LENGTH = 60
/** Whom a question to the server may name. */
const MOST = 20
const MOST_HOSPITALS = 5

const weekAround = (day: string, zone: string): Span => {
  const week = weekOf(day)
  return {
    start: instant(week[0] ?? day, 0, zone),
    end: instant(addDays(week[6] ?? day, 1), 0, zone),
  }
}

/** One's own first, then the others of which the calendar is asked. */
function useHospitals(): string[] {
  const { actor, hospitals } = useSession()
  const all = [actor.hospital_id, ...hospitals.map(({ id }) => id)]
  return [...new Set(all)].slice(0, MOST_HOSPITALS)
}

/** What the form begins with. */
const morningAfter = (day: string, zone: string): Span => {
  const start = instant(addDays(day, 1), 9 * 60, zone)
  return { start, end: start + LENGTH * MINUTE }
}

export function Component() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const forOthers = useRole('coordinator', 'reviewer')
  const zone = useZone(actor.hospital_id)
  const { named } = useBookingWords()
  const today = dayOf(serverNow(), zone)
  const [focus, setFocus] = useState(today)
  const [resource, setResource] = useState(actor.id)
  const [span, setSpan] = useState<Span>(() => morningAfter(today, zone))
  const entering = useBusy()
  const look = weekAround(focus, zone)
  const scope = useScope()
  const { chosen, choose } = useRows(actor.id)
  const people = [...new Set([actor.id, ...chosen])]
  const known = useHospitals()
  const { data, error, refetch } = useQuery(
    calendarQuery(look, { hospitals: known, people: people.slice(0, MOST) }),
  )
  if (error && !data)
    return <ErrorState error={error} what={t('scheduling.title')} onRetry={() => void refetch()} />
  const rows = (data?.resources ?? []).filter(({ id, hospital_id }) =>
    forOthers ? hospital_id === actor.hospital_id : id === actor.id,
  )
  const whose = named(rows.find(({ id }) => id === resource) ?? actor)
  return (
    <div className={`${css.page} ${css.stacked}`}>
      <h1 className="unseen">{t('scheduling.title')}</h1>
      {scope.mine ? (
        <Agenda zone={zone} focus={focus} look={look} onFocus={setFocus} extra={scope.choice} />
      ) : (
        <Hospital
          calendar={data}
          zone={zone}
          focus={focus}
          onFocus={setFocus}
          chosen={chosen}
          extra={
            <>
              {scope.choice}
              <ChooseRows rows={data?.resources ?? []} chosen={chosen} onChoose={choose} />
            </>
          }
          picked={span}
          clashes={entering.over?.clashes ?? []}
          onPick={(picked, of) => {
            setSpan(picked)
            if (rows.some(({ id }) => id === of)) setResource(of)
          }}
        />
      )}
      <div className={css.mine}>
        <BusyList
          name={whose}
          entries={mineOf(data, resource)}
          zone={zone}
          extra={<AvailabilityButton resource={resource} name={whose} />}
        />
        <BusyForm
          zone={zone}
          span={span}
          onSpan={setSpan}
          resources={rows}
          resource={resource}
          onResource={setResource}
          busy={entering.busy}
          onSave={(entry) => entering.save({ ...entry, span, resource })}
        />
      </div>
      <Recurring />
      <BusyDialogs asking={entering} zone={zone} save={t('scheduling.over.save')} />
    </div>
  )
}

/** One's own week or the whole hospital's, as the address says; without a word there, experts see their own. */
function useScope() {
  const { t } = useTranslation()
  const [asked, setAsked] = useSearchParams()
  const expert = useRole('expert')
  const arranges = useRole('coordinator', 'reviewer')
  const mine = asked.has('mine') || (!asked.has('all') && expert && !arranges)
  const choice = (
    <Segmented
      size="small"
      aria-label={t('scheduling.scope')}
      value={mine ? 'mine' : 'all'}
      onChange={(next) => setAsked(next, { replace: true })}
      options={[
        { value: 'mine', label: t('scheduling.mine') },
        { value: 'all', label: t('scheduling.everybody') },
      ]}
    />
  )
  return { mine, choice }
}

/** The busy times of this row that are not over and that this person may remove. */
const mineOf = (calendar: Calendar | undefined, resource: string) =>
  (calendar?.entries ?? []).filter(
    ({ mine, resources, ends_at }) =>
      mine && resources.includes(resource) && Date.parse(ends_at) > serverNow(),
  )
