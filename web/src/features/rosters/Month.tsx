/** Five weeks of a roster to look over: who is on duty each day, and where nobody is. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { siteDay, siteHour } from '../../zone'
import css from './rosters.module.css'
import { addDays, DAYS, daysFrom, type Plan, slotsOf, spanOf, spansOf, WEEKS, within } from './week'

const NOON = 12

export function Month({ plan, onWeek }: { plan: Plan; onWeek: (monday: string) => void }) {
  const { t } = useTranslation()
  const { day: dayWords } = useFormat()
  return (
    <ol className={css.month}>
      {daysFrom(plan.first, WEEKS).map((_, n) => {
        const monday = addDays(plan.first, n * DAYS)
        const [from, to] = [monday, addDays(monday, DAYS - 1)].map((day) =>
          dayWords(siteHour(day, NOON)),
        )
        return (
          <li key={monday}>
            <Button type="link" onClick={() => onWeek(monday)}>
              {t('rosters.week_of', { from, to })}
            </Button>
            <ol className={css.week}>
              {daysFrom(monday, DAYS).map((day) => (
                <DayOf key={day} plan={plan} day={day} />
              ))}
            </ol>
          </li>
        )
      })}
    </ol>
  )
}

function DayOf({ plan, day }: { plan: Plan; day: string }) {
  const { t } = useTranslation()
  const { day: dayWords } = useFormat()
  const { named } = usePeopleWords()
  const one = plan.roster.day_starts === plan.roster.night_starts
  const gaps = spansOf(plan.gaps)
  const now = serverNow()
  return (
    <li className={`${css.day} ${day === siteDay(now) ? css.today : ''}`}>
      <h3>{dayWords(siteHour(day, NOON))}</h3>
      {slotsOf(plan.roster, day).map(({ which, span }) => {
        const on = plan.shifts
          .filter((each) => spanOf(each).start < span.end && span.start < spanOf(each).end)
          .sort((a, b) => a.place - b.place)
        const who = [...new Set(on.map(({ staff_id }) => staff_id))].flatMap(
          (id) => plan.people.find((each) => each.id === id) ?? [],
        )
        const gap = span.end > now && within(span, gaps).length > 0
        return (
          <p key={which} className={`small ${gap ? css.gapped : ''}`}>
            <span className="secondary">{t(one ? 'rosters.all_day' : `rosters.${which}`)}</span>{' '}
            {who.map(named).join(t('rosters.comma'))}{' '}
            {gap && <Pill tone="stat">{t('rosters.gap')}</Pill>}
          </p>
        )
      })}
    </li>
  )
}
