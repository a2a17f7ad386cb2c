/** The week of the own hospital, and entering busy times: one's own, or for a coordinator others'. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useRole, useSession } from '../../api/session'
import { type Calendar, calendarQuery, type Span } from '../../consultation/bookings'
import { ErrorState } from '../../kit/ErrorState'
import { BusyForm } from './BusyForm'
import { BusyList } from './BusyList'
import { ChooseRows } from './ChooseRows'
import css from './cards.module.css'
import { GivingUp } from './GivingUp'
import { Hospital } from './Hospital'
import { useBusy } from './useBusy'
import { useRows } from './useRows'
import { addDays, dayOf, instant, MINUTE, weekOf } from './week'
import { useBookingWords, useZone } from './words'

const LENGTH = 60
/** Whom a question to the server may name. */
const MOST = 20

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
  const { save, decide, busy, over, dismiss } = useBusy()
  const week = weekOf(focus)
  const look = {
    start: instant(week[0] ?? focus, 0, zone),
    end: instant(addDays(week[6] ?? focus, 1), 0, zone),
  }
  const { chosen, choose } = useRows(actor.id)
  const people = [...new Set([actor.id, ...chosen])]
  const { data, error, refetch } = useQuery(
    calendarQuery(look, { hospitals: [actor.hospital_id], people: people.slice(0, MOST) }),
  )
  if (error && !data)
    return <ErrorState error={error} what={t('scheduling.title')} onRetry={() => void refetch()} />
  const rows = (data?.resources ?? []).filter(({ id }) => forOthers || id === actor.id)
  return (
    <div className={`${css.page} ${css.stacked}`}>
      <h1 className="unseen">{t('scheduling.title')}</h1>
      <Hospital
        calendar={data}
        zone={zone}
        focus={focus}
        onFocus={setFocus}
        chosen={chosen}
        extra={<ChooseRows rows={data?.resources ?? []} chosen={chosen} onChoose={choose} />}
        picked={span}
        clashes={over?.clashes ?? []}
        onPick={(picked, of) => {
          setSpan(picked)
          if (rows.some(({ id }) => id === of)) setResource(of)
        }}
      />
      <div className={css.mine}>
        <BusyList
          name={named(rows.find(({ id }) => id === resource) ?? actor)}
          entries={mineOf(data, resource)}
          zone={zone}
        />
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
      {over && (
        <GivingUp
          over={over}
          kind={over.asked.kind}
          zone={zone}
          busy={busy}
          onSave={decide}
          onClose={dismiss}
        />
      )}
    </div>
  )
}

/** The busy times of this row that are not over and that this person may remove. */
const mineOf = (calendar: Calendar | undefined, resource: string) =>
  (calendar?.entries ?? []).filter(
    ({ mine, resources, ends_at }) =>
      mine && resources.includes(resource) && Date.parse(ends_at) > serverNow(),
  )
