/** The sessions of one's wards, or that one coordinates or takes part in, day by day. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRole, useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { ErrorState } from '../../kit/ErrorState'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { Busy, PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { siteDay } from '../../zone'
import { Answer, EnterLink, useAsksMe, useMayEnter } from './Answer'
import { BEFORE, type Row, roundsQuery } from './queries'
import css from './rounds.module.css'
import { TONES, useRoundWords } from './words'

export function Sessions({ show }: { show: 'ahead' | 'past' }) {
  const { t } = useTranslation()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    roundsQuery(show),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  if (!data && error)
    return <ErrorState error={error} what={t('rounds.title')} onRetry={() => void refetch()} />
  if (!data)
    return (
      <Busy what={t('rounds.title')}>
        <PanelSkeleton rows={6} cells={[96, 160, '30%', 96, 160]} />
      </Busy>
    )
  return (
    <>
      {rows.length === 0 && <Nothing show={show} />}
      {byDay(rows).map(([day, of]) => (
        <Day key={day} rows={of} />
      ))}
      {show === 'ahead' && data.pages.at(-1)?.more && (
        <p className="secondary">{t('rounds.many')}</p>
      )}
      {hasNextPage && (
        <Button
          className={css.start ?? ''}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('rounds.more')}
        </Button>
      )}
    </>
  )
}

/** In the order of the list, which is that of time, either way. */
function byDay(rows: readonly Row[]): [string, Row[]][] {
  const days = new Map<string, Row[]>()
  for (const row of rows) {
    const day = siteDay(Date.parse(row.starts_at))
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return [...days]
}

function Nothing({ show }: { show: 'ahead' | 'past' }) {
  const { t } = useTranslation()
  const plans = useRole('coordinator')
  return (
    <EmptyState
      title={t(`rounds.empty.${show}`)}
      hint={t(`rounds.empty.${show}_hint`)}
      action={
        plans && show === 'ahead' ? (
          <Link className="target" to={paths.rounds('series')}>
            {t('rounds.empty.ahead_plan')}
          </Link>
        ) : null
      }
    />
  )
}

function Day({ rows }: { rows: Row[] }) {
  const { day } = useFormat()
  const title = day(Date.parse(rows[0]?.starts_at ?? ''))
  return (
    <Panel title={title} tight>
      <ul className={css.rows} aria-label={title}>
        {rows.map((row) => (
          <SessionRow key={row.id} row={row} />
        ))}
      </ul>
    </Panel>
  )
}

function SessionRow({ row }: { row: Row }) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const lead = words.lead(row)
  return (
    <li className={css.row}>
      <b className={css.time}>{words.span(row)}</b>
      <span className={css.two}>
        <Link className={css.whole} to={paths.round(row.id)}>
          {words.ward(row)}
        </Link>
        <span className="secondary small">{words.hospital(row.branch_id)}</span>
      </span>
      <span className={css.two}>
        {lead && <span>{lead}</span>}
        <span className="secondary small">{words.counts(row)}</span>
      </span>
      <span className={css.pills}>
        <Pill tone={TONES[row.state]}>{t(`rounds.state.${row.state}`)}</Pill>
        <Troubles row={row} />
      </span>
      <RowAct row={row} />
    </li>
  )
}

/** What the coordinator must see to before it begins. */
export function Troubles({ row }: { row: Row }) {
  const { t } = useTranslation()
  if (!BEFORE.has(row.state)) return null
  return (
    <>
      {row.lead === null && <Pill tone="stat">{t('rounds.no_lead')}</Pill>}
      {row.unbooked && <Pill tone="stat">{t('rounds.unbooked')}</Pill>}
    </>
  )
}

function RowAct({ row }: { row: Row }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const enters = useMayEnter(row)
  const asked = useAsksMe(row)
  return (
    <span className={css.act}>
      {asked && <Answer row={row} filled={false} />}
      {!asked && enters && <EnterLink row={row} filled={false} />}
      {row.branch_id === actor.hospital_id && (
        <Link className="target" to={paths.wardBoard(row.ward_id)}>
          {t('rounds_board.link')}
        </Link>
      )}
    </span>
  )
}
