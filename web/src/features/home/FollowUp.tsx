/** What became of the opinions: those the branch answers, and those being carried out. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { consultationsQuery, countsQuery } from '../../consultation/queries'
import { Countdown } from '../../kit/Countdown'
import { EmptyState } from '../../kit/EmptyState'
import { NotOrder } from '../../kit/NotOrder'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { paths } from '../../paths'
import css from './home.module.css'
import { patientOf } from './view'

type Row = Schemas['RowOut']
const FOLLOWED = ['signed', 'acknowledged', 'executing'] as const
const ASKED = { state: FOLLOWED.join(',') }
const SHOWN = 5
const late = ({ state_due_at }: Row, now: number) =>
  state_due_at !== null && Date.parse(state_due_at) <= now

export function FollowUp() {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const { hospital } = usePeopleWords()
  const now = useNow()
  const { data } = useInfiniteQuery(consultationsQuery(ASKED))
  const { data: counted } = useQuery(countsQuery())
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const counts = [
    ...FOLLOWED.map((state) => [state, counted?.states[state] ?? 0] as const),
    ['late', FOLLOWED.reduce((sum, state) => sum + (counted?.late[state] ?? 0), 0)] as const,
  ]
  const first = [...rows].sort((a, b) => Number(late(b, now)) - Number(late(a, now)))
  return (
    <Panel title={t('home.follow')}>
      {rows.length === 0 && (
        <EmptyState title={t('home.no_follow')} hint={t('home.no_follow_hint')} />
      )}
      {rows.length > 0 && (
        <ul className={css.counts}>
          {counts.map(([name, n]) => (
            <li key={name}>
              <Link to={paths.consultations(name === 'late' ? 'followed_late' : name)}>
                <b className={name === 'late' && n > 0 ? 'late' : undefined}>{n}</b>
                {name === 'late' ? t('home.overdue') : t(`home.followed.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ul>
        {first.slice(0, SHOWN).map((row) => {
          const patient = patientOf(row)
          return (
            <li key={row.id} className={`${css.entry} ${css.advice}`}>
              <div>
                <Link className={css.title} to={`${paths.consultation(row.id)}#advice`}>
                  {row.title}
                </Link>
                <p className="secondary small">
                  {hospital(row.branch_id)}
                  {patient && ` · ${brief(patient)}`}
                </p>
              </div>
              {late(row, now) && row.state_due_at ? (
                <span className={css.overdue}>
                  <Countdown due={row.state_due_at} />
                </span>
              ) : (
                <Pill tone="brand">{t(`consultation.state.${row.state}`)}</Pill>
              )}
            </li>
          )
        })}
      </ul>
      {rows.length > 0 && <NotOrder />}
    </Panel>
  )
}
