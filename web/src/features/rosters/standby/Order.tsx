/** Who is called in which order, and who of them stands by. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { useRosterWords } from '../../../kit/rosterWords'
import { Phone } from '../Called'
import css from '../rosters.module.css'
import { awayOf, type OwnStandby } from './queries'

type Props = { onDuty: Schemas['OnDutyOut']; own: OwnStandby }

export function Order({ onDuty: { hospitals }, own }: Props) {
  const { t } = useTranslation()
  const { title } = useRosterWords()
  const { actor } = useSession()
  const [mine] = hospitals
  const rosters =
    mine?.rosters.filter(({ people }) => people.some(({ id }) => id === actor.id)) ?? []
  if (rosters.length === 0)
    return (
      <Panel title={t('standby.order')}>
        <p className="secondary">{t('standby.no_order')}</p>
      </Panel>
    )
  return rosters.map((roster) => (
    <Panel
      key={roster.id}
      title={`${t('standby.order')} · ${title(roster)}`}
      note={t('standby.order_hint')}
    >
      <ol className={css.order}>
        {roster.people.map((each) => (
          <One key={each.id} person={each} own={own} me={each.id === actor.id} />
        ))}
        {mine?.phone && (
          <li>
            <b>{t('rosters.centre')}</b>
            <Phone phone={mine.phone} />
          </li>
        )}
      </ol>
    </Panel>
  ))
}

type OneProps = { person: Schemas['OnDutyPerson']; own: OwnStandby; me: boolean }

function One({ person, own, me }: OneProps) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const { time } = useFormat()
  const away = awayOf(own, person.id, useNow())
  const ready = me ? own.now !== null : own.others.includes(person.id)
  return (
    <li className={me ? css.me : ''}>
      <span className={css.place}>{t('rosters.place', { n: String(person.place) })}</span>
      <span>
        <b>{withTitle(person)}</b>
        {me && <b className={css.you}> {t('rosters.you')}</b>}
      </span>
      <span>
        {ready && away ? (
          <Pill tone="urgent">{t('standby.away_to', { at: time(away.until) })}</Pill>
        ) : (
          <Pill tone={ready ? 'done' : 'quiet'}>
            {t(ready ? 'standby.ready' : 'standby.not_ready')}
          </Pill>
        )}
      </span>
      <Phone phone={person.phone} />
    </li>
  )
}
