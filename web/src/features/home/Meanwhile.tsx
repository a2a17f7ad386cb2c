/** For whom nothing waits: how their consultations stand, the latest of them, and what they may do here. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { useRole, useSession } from '../../api/session'
import {
  consultationsQuery,
  countsQuery,
  departmentsQuery,
  staffCountQuery,
} from '../../consultation/queries'
import { toneOf } from '../../consultation/tones'
import { useFormat } from '../../i18n/format'
import { seesCases, waysOf } from '../../kit/nav'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { paths } from '../../paths'
import css from './home.module.css'
import { patientOf } from './view'

const SHOWN = 6

export default function Meanwhile() {
  const { roles } = useSession()
  const sees = seesCases(roles)
  return (
    <>
      {sees ? <CaseNumbers /> : <HospitalNumbers />}
      {sees && <Recent />}
      <Ways />
    </>
  )
}

type States = Partial<Record<Schemas['State'], number>>
const sum = (of: States, ...states: Schemas['State'][]) =>
  states.reduce((all, state) => all + (of[state] ?? 0), 0)
const every = (of: States) => Object.values(of).reduce((all, n) => all + n, 0)

function CaseNumbers() {
  const { t } = useTranslation()
  const { data } = useQuery(countsQuery())
  if (!data || every(data.states) === 0) return null // zeros beside "none yet" say nothing
  const counts = [
    ['open', every(data.states)],
    ['booked', sum(data.states, 'scheduled', 'ready')],
    ['answering', sum(data.states, 'answering')],
    ['executing', sum(data.states, 'executing')],
    ['late', every(data.late)],
  ] as const
  return (
    <Panel title={t('home.numbers')}>
      <ul className={`${css.counts} ${css.five}`}>
        {counts.map(([name, n]) => (
          <li key={name}>
            <Link to={paths.consultations(name)}>
              <b className={name === 'late' && n > 0 ? 'late' : undefined}>{n}</b>
              {t(`consultation.filters.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** An account without cases: its hospital. */
function HospitalNumbers() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const staff = useQuery(staffCountQuery(actor.hospital_id)).data
  const departments = useQuery(departmentsQuery()).data
  const own = departments?.filter(({ hospital_id }) => hospital_id === actor.hospital_id)
  return (
    <Panel title={t('home.hospital_numbers')}>
      <ul className={`${css.counts} ${css.two}`}>
        <li>
          <b>{staff ?? '—'}</b>
          {t('home.staff')}
        </li>
        <li>
          <b>{own?.length ?? '—'}</b>
          {t('home.departments')}
        </li>
      </ul>
    </Panel>
  )
}

function Recent() {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief } = usePatientWords()
  const { hospital } = usePeopleWords()
  const { data } = useInfiniteQuery(consultationsQuery({}))
  const rows = data?.pages[0]?.items ?? []
  if (!data) return null
  return (
    <Panel
      title={t('home.recent')}
      extra={
        <Link className="target" to={paths.consultations('all')}>
          {t('home.recent_all')}
        </Link>
      }
    >
      {rows.length === 0 && <p className="secondary">{t('home.recent_none')}</p>}
      <ul>
        {rows.slice(0, SHOWN).map((row) => {
          const patient = patientOf(row)
          const who = patient ? brief(patient) : t('home.no_patient')
          return (
            <li key={row.id} className={`${css.entry} ${css.advice}`}>
              <div>
                <Link className={`target ${css.title}`} to={paths.consultation(row.id)}>
                  {row.title || who}
                </Link>
                <p className="secondary small">
                  {[who, hospital(row.branch_id), moment(row.state_since)].join(' · ')}
                </p>
              </div>
              <Pill tone={toneOf(row.state)}>{t(`consultation.state.${row.state}`)}</Pill>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function Ways() {
  const { t } = useTranslation()
  const { roles } = useSession()
  const mayRequest = useRole('requesting_doctor')
  return (
    <Panel title={t('home.ways')}>
      <ul>
        {mayRequest && (
          <li className={css.way}>
            <Link className="target" to={paths.newRequest()}>
              {t('consultation.new_request')}
            </Link>
            <span className="secondary">{t('home.way.request')}</span>
          </li>
        )}
        {waysOf(roles).map(({ name, to }) => (
          <li key={name} className={css.way}>
            <Link className="target" to={to}>
              {t(`nav.${name}`)}
            </Link>
            <span className="secondary">{t(`home.way.${name}`)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
