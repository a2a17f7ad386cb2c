/** What the caller of an emergency sees: how long it rings, at whom, who has seen it, who is next, whom to telephone. */
import { PhoneOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useNow } from '../api/clock'
import type { Role } from '../api/session'
import { useFormat } from '../i18n/format'
import { useElapsed } from './Countdown'
import { Notice } from './Notice'
import { Panel } from './Panel'
import { Pill, type Tone } from './Pill'
import { usePeopleWords } from './people'
import css from './Rung.module.css'
import { rungQuery } from './ringing'
import { useNextWords } from './StatBand'

type Rung = Schemas['RungOut']
type Person = Rung['people'][number]

/** It calls who was named to lead it, and others while they do not come. */
const isLead = ({ ladder }: Rung): boolean => ladder === 'lead_awaited'

/** Nothing once it is taken, and its lead is there. */
export default function RungPanel({ id }: { id: string }) {
  const { data } = useQuery(rungQuery(id))
  return data ? <Shown rung={data} /> : null
}

function Shown({ rung }: { rung: Rung }) {
  const { t } = useTranslation()
  const lead = isLead(rung)
  const waited = useElapsed(rung.since)
  const ringing = rung.people.filter(({ rings }) => rings)
  const count = ringing.length
  const online = ringing.filter((each) => each.online).length
  const told = rung.people.length
  const missed = rung.people.filter(({ undelivered }) => undelivered).length
  return (
    <Panel tight title={t(lead ? 'rung.lead.title' : 'rung.title')}>
      <p className={css.timer} role="timer">
        <b>{waited}</b>{' '}
        <span className="secondary">{t(lead ? 'rung.lead.waited' : 'rung.waited')}</span>
      </p>
      {rung.reachable ? (
        <p role="status">
          {t(online < count ? 'rung.rings_some' : 'rung.rings', { count, online })}
        </p>
      ) : (
        <Notice tone="stat">
          <b>
            {t(lead ? 'rung.lead.unreachable' : count > 0 ? 'rung.unreachable' : 'rung.nobody')}
          </b>
        </Notice>
      )}
      {rung.gap && <p className="secondary">{t('rung.gap')}</p>}
      {missed > 0 && <b className="late">{t('rung.told', { told, missed })}</b>}
      {rung.next && <Next {...rung.next} lead={lead} />}
      {rung.phone && <Phone rung={rung} />}
      <ul className={css.people}>
        {rung.people.map((each) => (
          <Line key={each.id} person={each} lead={lead} />
        ))}
      </ul>
    </Panel>
  )
}

type NextProps = NonNullable<Rung['next']> & { lead: boolean }

function Next({ at, role, people, online, again, lead }: NextProps) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const words = useNextWords()
  const left = Math.max(0, Date.parse(at) - useNow())
  const way = again ? 'again' : 'next'
  return (
    <p className={css.next}>
      {t(lead ? `rung.lead.${way}` : `rung.${way}`, {
        time: duration(left),
        who: words(role, people),
      })}
      {online === 0 && ` ${t('rung.next_away')}`}
    </p>
  )
}

function Phone({ rung: { phone, phone_of, reachable } }: { rung: Rung }) {
  const { t } = useTranslation()
  const who = phone_of ? t(`role.${phone_of as Role}`) : t('rung.centre')
  return (
    <Button
      block
      size="large"
      danger={!reachable}
      type={reachable ? 'default' : 'primary'}
      className={css.phone ?? ''}
      icon={<PhoneOutlined aria-hidden />}
      href={`tel:${phone.replace(/\s/g, '')}`}
    >
      {t('rung.phone', { who })} <b>{phone}</b>
    </Button>
  )
}

/** What became of it at this person: the word and how it looks. */
function stateOf(
  person: Person,
): ['passed' | 'undelivered' | 'missed' | 'seen' | 'rings' | 'away', Tone] {
  if (person.passed_at) return ['passed', 'quiet']
  if (!person.rings) return person.undelivered ? ['undelivered', 'stat'] : ['missed', 'quiet']
  if (person.seen_at) return ['seen', 'done']
  return person.online ? ['rings', 'urgent'] : ['away', 'stat']
}

function Line({ person, lead }: { person: Person; lead: boolean }) {
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
          {person.times > 1 && ` · ${t('rung.times', { count: person.times })}`}
        </span>
      </span>
      <span className={css.state}>
        {/* Whether what waits can be sent at all, nobody can say: there may be no mail server. */}
        {person.mail && person.mail !== 'queued' && (
          <span className="secondary small">{t(`rung.mail.${person.mail}`)}</span>
        )}
        <Pill tone={tone}>
          {lead && state === 'passed'
            ? t('rung.lead.passed')
            : t(`rung.state.${state}`, { device })}
        </Pill>
      </span>
    </li>
  )
}
