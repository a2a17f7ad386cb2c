/** The list of the round: who, why, when last seen by a senior, what is missing, how far it has come. */
import { CheckOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { EmptyState } from '../../../kit/EmptyState'
import { Panel } from '../../../kit/Panel'
import { Pill, type Tone } from '../../../kit/Pill'
import { usePatientWords } from '../../../kit/patient'
import { paths } from '../../../paths'
import { useLacks } from '../lacks'
import { useWhy } from '../why'
import { useRoundWords } from '../words'
import css from './board.module.css'
import type { Bed, Board } from './queries'

const VISITED: ReadonlySet<Bed['item']['state']> = new Set([
  ...(['discussed', 'noted', 'countersigned'] as const),
])
const AHEAD: ReadonlySet<Bed['item']['state']> = new Set(['proposed', 'confirmed'] as const)
const HOUR = 3_600_000
const DAY = 24 * HOUR

export function Beds({ board }: { board: Board }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const words = useRoundWords()
  const { session, beds } = board
  if (!session)
    return <EmptyState title={t('rounds_board.none')} hint={t('rounds_board.none_hint')} />
  const locks = board.locks_at
  return (
    <Panel
      title={t('rounds_board.list', { n: String(beds.length) })}
      note={
        <>
          {words.span(session)}
          {locks &&
            session.state === 'list_open' &&
            ` · ${t('rounds_board.locks', { at: moment(locks) })}`}
        </>
      }
      extra={<Counts beds={beds} />}
      tight
    >
      {beds.length === 0 && (
        <EmptyState
          title={t('rounds_board.empty')}
          hint={t('rounds_board.opens', { at: words.when(session.starts_at) })}
        />
      )}
      {beds.length > 0 && (
        <table className={css.beds}>
          <thead>
            <tr>
              {COLUMNS.map((each) => (
                <th key={each} scope="col">
                  {t(`rounds_board.column.${each}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {beds.map((bed) => (
              <Row key={bed.item.id} bed={bed} askedAt={Date.parse(board.server_time)} />
            ))}
          </tbody>
        </table>
      )}
      {board.hidden > 0 && (
        <p className="secondary small">{t('rounds_board.hidden', { n: String(board.hidden) })}</p>
      )}
    </Panel>
  )
}

const COLUMNS = ['bed', 'patient', 'question', 'last', 'material', 'doctor', 'state'] as const

function Counts({ beds }: { beds: Bed[] }) {
  const { t } = useTranslation()
  const of = (fits: (bed: Bed) => boolean) => beds.filter(fits).length
  const counts: [key: 'visited' | 'now' | 'lacking' | 'deferred', tone: Tone, n: number][] = [
    ['visited', 'done', of(({ item }) => VISITED.has(item.state))],
    ['now', 'brand', of(({ item }) => item.state === 'presenting')],
    ['lacking', 'urgent', of(({ item }) => AHEAD.has(item.state) && item.lacks.length > 0)],
    ['deferred', 'quiet', of(({ item }) => item.state === 'deferred')],
  ]
  return (
    <span className={css.counts}>
      {counts.map(
        ([key, tone, n]) =>
          n > 0 && (
            <Pill key={key} tone={tone}>
              {t(`rounds_board.count.${key}`, { n: String(n) })}
            </Pill>
          ),
      )}
    </span>
  )
}

function Row({ bed, askedAt }: { bed: Bed; askedAt: number }) {
  const { t } = useTranslation()
  const { name, sex, age } = usePatientWords()
  const { item } = bed
  const { patient } = item
  const visited = VISITED.has(item.state)
  return (
    <tr
      className={visited || item.state === 'skipped' ? css.done : undefined}
      data-turn={bed.turn ?? undefined}
      data-bed={item.bed}
    >
      <th scope="row">
        {visited && patient ? (
          <Link className="target" to={paths.roundNotes(item.id)}>
            {item.bed}
          </Link>
        ) : (
          item.bed
        )}
      </th>
      {patient ? (
        <>
          <td>
            <b>{name(patient)}</b> {sex(patient.sex)} {age(patient)}
            {patient.critical && <small className={css.bad}>{t('rounds_board.critical')}</small>}
          </td>
          <td className={css.cut}>
            <span>{item.summary}</span>
            <small>
              <About bed={bed} visited={visited} />
            </small>
          </td>
          <td>
            <Last bed={bed} />
          </td>
          <td>
            <Material bed={bed} />
          </td>
          <td>{bed.bed_doctor}</td>
        </>
      ) : (
        <td colSpan={5} className="secondary">
          {t('rounds.list.nobody')}
        </td>
      )}
      <td className={css.state}>
        <When bed={bed} askedAt={askedAt} />
        <State bed={bed} />
      </td>
    </tr>
  )
}

/** Before the round the question; after it what came of the instructions. */
function About({ bed, visited }: { bed: Bed; visited: boolean }) {
  const { t } = useTranslation()
  const { item, unordered } = bed
  if (!visited) return item.question || t('rounds.list.no_question')
  if (item.instructions === 0) return t('rounds_board.given.none')
  const n = String(item.instructions)
  if (item.unread > 0) return t('rounds_board.given.unread', { n, left: String(item.unread) })
  if (unordered > 0) return t('rounds_board.given.unordered', { n, left: String(unordered) })
  return t('rounds_board.given.all', { n })
}

function Last({ bed }: { bed: Bed }) {
  const { t } = useTranslation()
  const { named } = useRoundWords()
  const { duration } = useFormat()
  const now = useNow()
  const { last, admitted_at, first_by } = bed
  if (last) {
    const days = Math.floor((now - Date.parse(last.at)) / DAY)
    return (
      <>
        <span>{named(last.lead)}</span>
        <small>
          {days === 0 ? t('rounds_board.this_day') : t('rounds_board.ago', { n: String(days) })}
        </small>
      </>
    )
  }
  const came =
    admitted_at && t('rounds_board.admitted', { for: duration(now - Date.parse(admitted_at)) })
  const left = first_by ? Date.parse(first_by) - now : 0
  if (left > 0)
    return (
      <>
        <span className={css.soon}>{came}</span>
        <small className={css.soon}>{t('rounds_board.first', { for: duration(left) })}</small>
      </>
    )
  return (
    <>
      <span className={css.soon}>{t('rounds_board.never')}</span>
      <small>{came}</small>
    </>
  )
}

function Material({ bed }: { bed: Bed }) {
  const { t } = useTranslation()
  const lacksOf = useLacks('rounds')
  const { item } = bed
  return (
    <>
      {item.lacks.length === 0 ? (
        <span className={css.good}>
          <CheckOutlined aria-hidden /> {t('rounds_board.complete')}
        </span>
      ) : (
        <b className={css.soon}>{lacksOf(item).join(t('state.comma'))}</b>
      )}
      {item.consent !== 'in_force' && (
        <small className={css.bad}>{t(`rounds.consent.${item.consent}`)}</small>
      )}
    </>
  )
}

/** When it was, or will be; and how many minutes it took, or may take. */
function When({ bed, askedAt }: { bed: Bed; askedAt: number }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const now = useNow()
  const why = useWhy()
  const { item, began_at, expected_at } = bed
  const here = item.state === 'presenting'
  const spent = item.spent * 1000 + (here ? Math.max(0, now - askedAt) : 0)
  const took = String(Math.max(1, Math.round(spent / 60_000)))
  const minutes = String(item.minutes)
  const parts = [
    began_at ? time(began_at) : expected_at && t('rounds_board.about', { at: time(expected_at) }),
    here && t('rounds_board.of_minutes', { n: took, all: minutes }),
    !here && spent > 0 && t('rounds_board.minutes', { n: took }),
    !here && spent === 0 && expected_at && t('rounds_board.minutes', { n: minutes }),
  ]
  return (
    <small className={here && spent > item.minutes * 60_000 ? css.soon : undefined}>
      {parts.filter(Boolean).join(' · ') || why(item.why)}
    </small>
  )
}

const TONES: Record<Bed['item']['state'], Tone> = {
  ...{ proposed: 'urgent', confirmed: 'quiet', removed: 'quiet', presenting: 'brand' },
  ...{ discussed: 'done', deferred: 'quiet', skipped: 'quiet', noted: 'brand' },
  countersigned: 'done',
} as const

function State({ bed }: { bed: Bed }) {
  const { t } = useTranslation()
  const { item, turn } = bed
  if (turn && turn !== 'now') return <Pill tone="brand">{t(`rounds_board.turn.${turn}`)}</Pill>
  const waits = item.state === 'confirmed'
  return (
    <Pill tone={TONES[item.state]}>
      {waits
        ? t('rounds_board.waits')
        : item.signed_as
          ? t(`rounds.signed_as.${item.signed_as}`)
          : t(`rounds.item_state.${item.state}`)}
    </Pill>
  )
}
