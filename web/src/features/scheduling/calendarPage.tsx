/** The week of the own hospital, and entering busy times: one's own, or for a coordinator others'. */
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, type Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { useRole, useSession } from '../../api/session'
import { type Calendar, type Clash, calendarQuery, type Span } from '../../consultation/bookings'
import { ErrorState } from '../../kit/ErrorState'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { BookingCalendar } from './BookingCalendar'
import { BusyForm, type NewBusy } from './BusyForm'
import { BusyList } from './BusyList'
import { ClashCard, type Refused } from './ClashCard'
import css from './cards.module.css'
import { clashKeys } from './rows'
import { WeekBar } from './WeekBar'
import { addDays, dayOf, instant, MINUTE, weekOf } from './week'
import { useBookingWords, useZone } from './words'

const LEGEND = ['busy', 'consultation', 'held', 'picked'] as const
const LENGTH = 60

type Asked = NewBusy & { span: Span; resource: string }

/** Sends a busy time; a clash comes back as the bookings in the way. */
function useBusy() {
  const { t } = useTranslation()
  const [refused, setRefused] = useState<Refused | null>(null)
  const asked = useRef<Span>({ start: 0, end: 0 })
  const act = useAct<Asked, Schemas['EntryOut']>({
    run: ({ span, resource, ...rest }, key) => {
      asked.current = span
      setRefused(null)
      const times = {
        starts_at: new Date(span.start).toISOString(),
        ends_at: new Date(span.end).toISOString(),
      }
      return body(
        client.POST('/api/calendar/busy', {
          headers: idempotent(key),
          body: { ...rest, ...times, resource_id: resource, note: '' },
        }),
      )
    },
    changes: { booking: '*' },
    done: t('scheduling.saved'),
    onProblem: ({ extra }) => {
      if (extra.reason !== 'clash') return false
      setRefused({ span: asked.current, at: serverNow(), clashes: extra.clashes as Clash[] })
      return true
    },
  })
  return { save: act.mutate, busy: act.isPending, refused, dismiss: () => setRefused(null) }
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
  const [span, setSpan] = useState<Span>(() => {
    const start = instant(addDays(today, 1), 9 * 60, zone)
    return { start, end: start + LENGTH * MINUTE }
  })
  const { save, busy, refused, dismiss } = useBusy()
  const week = weekOf(focus)
  const look = {
    start: instant(week[0] ?? focus, 0, zone),
    end: instant(addDays(week[6] ?? focus, 1), 0, zone),
  }
  const hospitals = [actor.hospital_id]
  const { data, error, refetch } = useQuery(calendarQuery(look, { hospitals, people: [actor.id] }))
  if (error && !data)
    return <ErrorState error={error} what={t('scheduling.title')} onRetry={() => void refetch()} />
  const rows = (data?.resources ?? []).filter(({ id }) => forOthers || id === actor.id)
  return (
    <div className={`${css.page} ${css.stacked}`}>
      <h1 className="unseen">{t('scheduling.title')}</h1>
      <section className={css.panel}>
        <WeekBar zone={zone} focus={focus} onFocus={setFocus} legend={LEGEND} />
        {data ? (
          <BookingCalendar
            calendar={data}
            zone={zone}
            week={week}
            focus={focus}
            onFocus={setFocus}
            hospitals={hospitals}
            bands={[{ key: 'new', label: '✓', span, chosen: true }]}
            clashes={new Set(refused ? clashKeys(refused.clashes) : [])}
            length={LENGTH}
            onPick={(picked, of) => {
              setSpan(picked)
              if (rows.some(({ id }) => id === of)) setResource(of)
              dismiss()
            }}
          />
        ) : (
          <PanelSkeleton rows={9} rowHeight={40} />
        )}
      </section>
      <div className={css.mine}>
        {refused ? (
          <ClashCard
            refused={refused}
            zone={zone}
            title="scheduling.busy_clash_title"
            onClose={dismiss}
          />
        ) : (
          <BusyList
            name={named(rows.find(({ id }) => id === resource) ?? actor)}
            entries={mineOf(data, resource)}
            zone={zone}
          />
        )}
        <BusyForm
          zone={zone}
          span={span}
          onSpan={setSpan}
          resources={rows}
          resource={resource}
          onResource={setResource}
          busy={busy}
          onSave={(entry) => save({ ...entry, span, resource })}
        />
      </div>
    </div>
  )
}

/** The busy times of this row that are not over and that this person may remove. */
const mineOf = (calendar: Calendar | undefined, resource: string) =>
  (calendar?.entries ?? []).filter(
    ({ mine, resources, ends_at }) =>
      mine && resources.includes(resource) && Date.parse(ends_at) > serverNow(),
  )
