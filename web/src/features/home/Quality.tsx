/** For a quality officer: how the last month's consultations stand, and which of all need looking at. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { toneOf } from '../../consultation/tones'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import css from './home.module.css'
import { patientOf } from './view'

type Found = Schemas['QualityOut']
type State = Schemas['State']
type Concern = Schemas['ConcernOut']

/** How the states are told together, each with the list that has them. */
const GROUPS = {
  open: [
    'submitted',
    'returned',
    'approved',
    'accepted',
    'scheduling',
    'scheduled',
    'ready',
    'in_progress',
    'interrupted',
  ],
  answering: ['answering'],
  followed: ['signed', 'acknowledged', 'executing'],
  done: ['closed', 'archived'],
  called_off: ['declined', 'cancelled', 'no_show', 'expired'],
} as const satisfies Record<string, readonly State[]>
const LIST_OF = {
  open: 'open',
  answering: 'answering',
  followed: 'open',
  done: 'done',
  called_off: 'done',
} as const
type Group = keyof typeof GROUPS
/** The concerns of which the list of consultations can show all. */
const ALL_OF: Partial<Record<Concern['concern'], string>> = {
  late: 'late',
  opinion_late: 'answering',
  advice_late: 'followed_late',
}

export const qualityQuery = () =>
  queryOptions({
    queryKey: ['home', 'quality'],
    queryFn: ({ signal }) => body(client.GET('/api/quality', { signal })),
  })

export default function Quality() {
  const { t } = useTranslation()
  return (
    <Loaded
      query={qualityQuery()}
      what={t('quality.title')}
      skeleton={<PanelSkeleton rows={4} cells={['60%', 80]} />}
    >
      {(found) => (
        <>
          <States found={found} />
          <Concerns concerns={found.concerns} />
        </>
      )}
    </Loaded>
  )
}

function States({ found: { states, hidden } }: { found: Found }) {
  const { t } = useTranslation()
  const many = (group: Group) =>
    GROUPS[group].reduce(
      (sum, state) => sum + ((states as Partial<Record<State, number>>)[state] ?? 0),
      0,
    )
  const told = (group: Group) => (
    <>
      <b>{many(group)}</b>
      {t(`quality.group.${group}`)}
    </>
  )
  return (
    <Panel title={t('quality.month')} note={t('quality.month_note')}>
      <ul className={`${css.counts} ${css.five}`}>
        {(Object.keys(GROUPS) as Group[]).map((group) => (
          <li key={group}>
            {hidden ? (
              told(group)
            ) : (
              <Link to={paths.consultations(LIST_OF[group])}>{told(group)}</Link>
            )}
          </li>
        ))}
      </ul>
      <Hidden n={hidden} />
    </Panel>
  )
}

/** A hub's quality officer is told numbers; the patients are the branches'. */
function Hidden({ n }: { n: number }) {
  const { t } = useTranslation()
  return n ? <p className="secondary small">{t('quality.hidden', { n: String(n) })}</p> : null
}

function Concerns({ concerns }: Pick<Found, 'concerns'>) {
  const { t } = useTranslation()
  const there = concerns.filter(({ many }) => many > 0)
  return (
    <Panel title={t('quality.concerns')}>
      {there.length === 0 && <p className="secondary">{t('quality.none')}</p>}
      {there.map((each) => (
        <section key={each.concern} aria-label={t(`quality.concern.${each.concern}`)}>
          <h3 className={css.concern}>
            {t(`quality.concern.${each.concern}`)}{' '}
            {/* A number that leads to no patient is as plain as its heading. */}
            <b className={each.many > each.hidden ? 'late' : ''}>{each.many}</b>
            {each.many - each.hidden > each.rows.length && <All concern={each} />}
          </h3>
          <ul>
            {each.rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </ul>
          <Hidden n={each.hidden} />
        </section>
      ))}
    </Panel>
  )
}

function All({ concern: { concern } }: { concern: Concern }) {
  const { t } = useTranslation()
  const show = ALL_OF[concern]
  return show ? (
    <Link className="target" to={paths.consultations(show)}>
      {t('quality.all')}
    </Link>
  ) : null
}

function Line({ row }: { row: Concern['rows'][number] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief } = usePatientWords()
  const { hospital } = usePeopleWords()
  const patient = patientOf(row)
  const who = patient ? brief(patient) : t('home.no_patient')
  return (
    <li className={`${css.entry} ${css.advice}`}>
      <div>
        <Link className={`target ${css.title}`} to={paths.consultation(row.id)}>
          {row.title || who}
        </Link>
        <p className="secondary small">
          {[row.number, who, hospital(row.branch_id), moment(row.state_since)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Pill tone={toneOf(row.state)}>{t(`consultation.state.${row.state}`)}</Pill>
    </li>
  )
}
