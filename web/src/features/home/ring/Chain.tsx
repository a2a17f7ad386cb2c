/** Who was rung before, who is rung now, and who is next. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useSession } from '../../../api/session'
import { usePeopleWords } from '../../../kit/people'
import { rungQuery } from '../../../kit/ringing'
import { useNextWords } from '../../../kit/StatBand'
import css from './ring.module.css'

type Person = Schemas['RungOut']['people'][number]
const MOST_BEFORE = 2

export function Chain({ id }: { id: string }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const who = useNextWords()
  const { data } = useQuery(rungQuery(id))
  if (!data) return <div className={css.chain} aria-busy="true" />
  const now = data.people.filter(({ rings }) => rings)
  const before = data.people.filter(({ rings }) => !rings).slice(0, MOST_BEFORE)
  const name = (person: Person) =>
    person.id === actor.id ? t('home.ringing.you', { name: named(person) }) : named(person)
  const mine = now.find((person) => person.id === actor.id) ?? now[0]
  return (
    <ol className={css.chain} aria-label={t('home.ringing.chain')}>
      {before.reverse().map((person) => (
        <li key={person.id}>
          <span>{name(person)}</span>
          <span>
            {t(`rung.state.${person.passed_at ? 'passed' : 'missed'}`)}
            {person.passed_for && ` · ${t(`home.ringing.why.${person.passed_for}`)}`}
          </span>
        </li>
      ))}
      {mine && (
        <li className={css.now} aria-current="step">
          <b>
            {name(mine)}
            {now.length > 1 &&
              ` ${t('home.ringing.and_others', { count: now.length - 1, all: String(now.length) })}`}
          </b>
          <b>{t('home.ringing.now')}</b>
        </li>
      )}
      {data.next && (
        <li>
          <span>{who(data.next.role, data.next.people)}</span>
          <span>{t(data.next.again ? 'home.ringing.again' : 'home.ringing.next')}</span>
        </li>
      )}
    </ol>
  )
}
