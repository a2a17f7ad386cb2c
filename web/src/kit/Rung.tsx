/** What the caller of an emergency sees: how long it rings, at whom, who has seen it, who is next, whom to telephone. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useNow } from '../api/clock'
import type { Role } from '../api/session'
import { useFormat } from '../i18n/format'
import { useElapsed } from './Countdown'
import { Panel } from './Panel'
import { Pill } from './Pill'
import { usePeopleWords } from './people'
import css from './Rung.module.css'
import { rungQuery } from './ringing'
import { useNextWords } from './StatBand'

type Rung = Schemas['RungOut']
type Person = Rung['people'][number]

/** Nothing once it is taken. */
export default function RungPanel({ id }: { id: string }) {
  const { data } = useQuery(rungQuery(id))
  return data ? <Shown rung={data} /> : null
}

function Shown({ rung }: { rung: Rung }) {
  const { t } = useTranslation()
  const waited = useElapsed(rung.since)
  const rings = rung.people.filter((each) => each.rings)
  const told = new Set(rung.people.map((each) => each.id)).size
  const missed = new Set(rung.people.filter((each) => each.undelivered).map(({ id }) => id)).size
  return (
    <Panel tight title={t('rung.title')} extra={<b className={css.timer}>{waited}</b>}>
      <p className={css.said} role="status">
        {t(rings.length > 0 ? 'rung.rings' : 'rung.nobody', { count: rings.length })}
        {missed > 0 && <b className="late">{t('rung.told', { told, missed })}</b>}
        {rung.next && <Next {...rung.next} />}
      </p>
      <ul className={css.people}>
        {rung.people.map((each) => (
          <Line key={`${each.id} ${each.told_at}`} person={each} />
        ))}
      </ul>
      {rung.phone && (
        <p className={css.phone}>
          {t('rung.phone', {
            who: rung.phone_of ? t(`role.${rung.phone_of as Role}`) : t('rung.centre'),
          })}{' '}
          <a href={`tel:${rung.phone.replace(/\s/g, '')}`}>{rung.phone}</a>
        </p>
      )}
    </Panel>
  )
}

function Next({ at, role, people }: NonNullable<Rung['next']>) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const words = useNextWords()
  const left = Math.max(0, Date.parse(at) - useNow())
  return <>{t('rung.next', { time: duration(left), who: words(role, people) })}</>
}

/** What became of it at this person: the word and how it looks. */
function stateOf(
  person: Person,
): ['passed' | 'undelivered' | 'missed' | 'seen' | 'rings', 'quiet' | 'stat' | 'done' | 'urgent'] {
  if (person.passed_at) return ['passed', 'quiet']
  if (person.undelivered) return ['undelivered', 'stat']
  if (!person.rings) return ['missed', 'quiet']
  return person.seen_at ? ['seen', 'done'] : ['rings', 'urgent']
}

function Line({ person }: { person: Person }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const [state, tone] = stateOf(person)
  const device = person.seen_on ? t(`rung.on.${person.seen_on}`) : ''
  return (
    <li className={css.person}>
      <span>
        <b>{named(person)}</b>{' '}
        <span className="secondary small">
          {named({ name: person.department, name_en: person.department_en })}
        </span>
      </span>
      <span className={css.state}>
        {person.mail && <span className="secondary small">{t(`rung.mail.${person.mail}`)}</span>}
        <Pill tone={tone}>{t(`rung.state.${state}`, { device })}</Pill>
      </span>
    </li>
  )
}
