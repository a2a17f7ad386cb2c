/** Whom the case waits for and who was told of it: whether they have seen it, or whether somebody must telephone. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { toldQuery } from '../../consultation/queries'
import { useFormat } from '../../i18n/format'
import { Dotted } from '../../kit/Dotted'
import { usePeopleWords } from '../../kit/people'
import css from './consultation.module.css'

type Told = Schemas['ToldOf']
type Person = Schemas['ToldPerson']
/** Of these nobody is told while they wait: what rings has its own panel. */
type Ladder = Exclude<Told['ladder'], 'stat'>

const MOST_NAMED = 4

/** Who has not heard of it comes first. */
const rank = ({ undelivered, seen_at }: Person) => (undelivered ? 0 : seen_at ? 2 : 1)

export function WhoWasTold({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(toldQuery(id))
  if (!data?.length) return null
  return (
    <ul className={css.told} aria-label={t('consultation.told.title')}>
      {data.map((each) => (
        <Line key={`${each.ladder} ${each.due_at}`} told={each} />
      ))}
    </ul>
  )
}

function Line({ told: { ladder, advice, people } }: { told: Told }) {
  const { t } = useTranslation()
  const name = t(`ladders.name.${ladder as Ladder}`)
  const which = advice.join(t('state.comma'))
  const what = which ? t('consultation.told.advice', { name, which }) : name
  const sorted = [...people].sort((a, b) => rank(a) - rank(b))
  const more = sorted.length - MOST_NAMED
  return (
    <li>
      <Dotted>
        {t('consultation.told.of', { what })}
        {sorted.slice(0, MOST_NAMED).map((each) => (
          <One key={each.id} person={each} />
        ))}
        {more > 0 && t('consultation.told.more', { count: more })}
      </Dotted>
    </li>
  )
}

function stateOf({ seen_at, undelivered, mail }: Person) {
  if (seen_at) return 'seen'
  if (undelivered) return 'undelivered'
  return mail === 'queued' || mail === 'sent' ? mail : 'unseen'
}

function One({ person }: { person: Person }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named, hospital } = usePeopleWords()
  const state = stateOf(person)
  const at = moment(person.seen_at ?? person.told_at)
  return (
    <span className={state === 'undelivered' ? 'late' : undefined}>
      {hospital(person.hospital_id)} <b>{named(person)}</b>{' '}
      {t(`consultation.told.${state}`, { at })}{' '}
      {state === 'undelivered' && person.phone && (
        <a className="target" href={`tel:${person.phone.replace(/\s/g, '')}`}>
          {person.phone}
        </a>
      )}
    </span>
  )
}
