/** 阅片: the desk's worklist, most pressing first and keyboard first; at a branch what it has requested. */
import { SearchOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useRole, useSession } from '../../api/session'
import { EmptyState } from '../../kit/EmptyState'
import { ErrorState } from '../../kit/ErrorState'
import { Busy, PanelSkeleton } from '../../kit/Skeletons'
import { Theme } from '../../kit/Theme'
import { paths } from '../../paths'
import { dark } from '../../theme'
import { AskDialog } from './AskDialog'
import { Filters } from './Filters'
import { Help, KeyBar } from './Keys'
import { Preview } from './Preview'
import {
  type Asked,
  BRANCH,
  DESK,
  type ReadingList,
  readingQuery,
  readingsQuery,
  type Show,
} from './queries'
import { Heads, ReadingRow } from './Rows'
import css from './reading.module.css'
import { useChosen } from './useChosen'
import { useDeskActs } from './useDeskActs'
import { useDeskKeys } from './useDeskKeys'
import { useNextAhead } from './useNextAhead'
import { FIELDS, PARTS_OF_BODY } from './words'

/** Whether this person reads for others, or their hospital has others read for it. */
function useSide() {
  const { actor, hospitals } = useSession()
  const hub = hospitals.find(({ id }) => id === actor.hospital_id)?.kind === 'hub'
  const asks = useRole('requesting_doctor', 'radiographer', 'radiologist')
  const writes = useRole('radiologist') && !hub
  return { reads: hub, asks: !hub && asks, writes, lists: hub ? DESK : BRANCH }
}

const oneOf = <T extends string>(all: readonly T[], value: string | null) =>
  all.find((each) => each === value)

function useAsked(lists: readonly Show[]) {
  const [search, setSearch] = useSearchParams()
  const set = (key: string, value: string) =>
    setSearch(
      (old) => {
        if (value) old.set(key, value)
        else old.delete(key)
        return old
      },
      { replace: true },
    )
  const asked: Asked = {
    show: lists.find((one) => one === search.get('show')) ?? lists[0] ?? 'open',
  }
  for (const key of ['modality', 'branch', 'q'] as const) {
    const value = search.get(key)
    if (value) asked[key] = value
  }
  const part = oneOf(PARTS_OF_BODY, search.get('part'))
  if (part) asked.part = part
  const field = oneOf(FIELDS, search.get('subspecialty'))
  if (field) asked.subspecialty = field
  const urgency = search.get('urgency')
  if (urgency === 'stat' || urgency === 'urgent' || urgency === 'routine') asked.urgency = urgency
  if (search.get('purpose') === 'over_read') asked.purpose = 'over_read'
  const clear = () => setSearch({ show: asked.show }, { replace: true })
  return { asked: { ...asked, ...useDeferredValue(asked) }, set, clear, study: search.get('study') }
}

export function Component() {
  return (
    <Theme palette={dark}>
      <Desk />
    </Theme>
  )
}

/** What may be done with it is asked first where it has not come yet: no key and no double click is lost. */
function useOpening(acts: ReturnType<typeof useDeskActs>) {
  const queries = useQueryClient()
  return async (id: string | undefined) => {
    const row = id && (await queries.ensureQueryData(readingQuery(id)).catch(() => null))
    if (row) acts.open(row)
  }
}

function Desk() {
  const { t } = useTranslation()
  const side = useSide()
  const { asked, set, clear, study } = useAsked(side.lists)
  const [help, setHelp] = useState(false)
  const search = useRef<InputRef>(null)
  const found = useInfiniteQuery(readingsQuery(asked))
  const first = found.data?.pages[0]
  const { rows, chosen, pick, move } = useChosen(found, JSON.stringify(asked))
  const { data: detail } = useQuery({
    ...readingQuery(chosen?.id ?? ''),
    enabled: chosen !== undefined,
  })
  const acts = useDeskActs()
  const open = useOpening(acts)
  useDeskKeys({
    move,
    open: () => void open(chosen?.id),
    next: () => side.reads && acts.next(),
    release: () => detail && acts.release(detail),
    sendBack: () => detail && acts.sendBack(detail),
    list: (n) => set('show', side.lists[n - 1] ?? asked.show),
    search: () => search.current?.focus(),
    help: () => setHelp(true),
  })
  return (
    <div className={css.desk}>
      <Head
        side={side}
        asked={asked}
        counts={first?.counts}
        search={search}
        acts={acts}
        onSet={set}
      />
      <div className={css.body}>
        <div className={css.listed}>
          <Filters asked={asked} of={first} onSet={set} />
          <Heads issued={asked.show === 'issued'} />
          <ul className={css.rows} aria-label={t('reading.list')}>
            {rows.map((row) => (
              <li key={row.id}>
                <ReadingRow
                  row={row}
                  chosen={row.id === chosen?.id}
                  onChoose={() => pick(row)}
                  onOpen={() => void open(row.id)}
                />
              </li>
            ))}
            {found.hasNextPage && (
              <li>
                <Button
                  type="link"
                  loading={found.isFetchingNextPage}
                  onClick={() => void found.fetchNextPage()}
                >
                  {t('reading.more')}
                </Button>
              </li>
            )}
          </ul>
          <Nothing found={found} asked={asked} reads={side.reads} onClear={clear} />
        </div>
        <Preview id={chosen?.id} acts={acts} />
      </div>
      <KeyBar reads={side.reads} />
      {acts.dialogs}
      {help && <Help onClose={() => setHelp(false)} />}
      {study && side.asks && <AskDialog study={study} onClose={() => set('study', '')} />}
    </div>
  )
}

type HeadProps = {
  side: ReturnType<typeof useSide>
  asked: Asked
  counts: ReadingList['counts'] | undefined
  search: RefObject<InputRef | null>
  acts: ReturnType<typeof useDeskActs>
  onSet: (key: 'show' | 'q' | 'study', value: string) => void
}

/** The worklist comes without it. */
const pageOfOne = () => import('./onePage')

function Head({ side, asked, counts, search, acts, onSet }: HeadProps) {
  const { t } = useTranslation()
  useNextAhead(side.reads, pageOfOne)
  return (
    <header className={css.head}>
      <h1>{t(side.reads ? 'reading.title' : 'reading.requests')}</h1>
      <Lists lists={side.lists} asked={asked} counts={counts} onShow={onSet} />
      <Input
        ref={search}
        className={css.search ?? ''}
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        suffix={<kbd>/</kbd>}
        aria-label={t('reading.search')}
        placeholder={t('reading.search')}
        defaultValue={asked.q ?? ''}
        onChange={(event) => onSet('q', event.target.value.trim())}
      />
      {side.reads && (
        <Button loading={acts.busy} onClick={acts.next}>
          {t('reading.next')} <kbd>N</kbd>
        </Button>
      )}
      {side.writes && (
        <Link className="target" to={paths.ownReports()}>
          {t('reading.own.list')}
        </Link>
      )}
      {side.asks && (
        <Button type="primary" onClick={() => onSet('study', 'new')}>
          {t('reading.ask')}
        </Button>
      )}
    </header>
  )
}

type ListsProps = {
  lists: readonly Show[]
  asked: Asked
  counts: ReadingList['counts'] | undefined
  onShow: (key: 'show', value: string) => void
}

function Lists({ lists, asked, counts, onShow }: ListsProps) {
  const { t } = useTranslation()
  // Who searches finds what was issued on earlier days too.
  const named = (one: Show) =>
    one === 'issued' && asked.q
      ? t('reading.state.issued')
      : [t(`reading.show.${one}`), one !== 'open' && one !== 'withdrawn' && counts?.[one]]
          .filter((said) => said !== false && said !== undefined)
          .join(' ')
  return (
    <nav className={css.lists} aria-label={t('reading.list')}>
      {lists.map((one) => (
        <button
          key={one}
          type="button"
          aria-current={one === asked.show}
          onClick={() => onShow('show', one)}
        >
          {named(one)}
        </button>
      ))}
    </nav>
  )
}

type NothingProps = {
  found: { data: unknown; error: Error | null; refetch: () => unknown }
  asked: Asked
  reads: boolean
  onClear: () => void
}

/** In place of rows: loading, a failure, or that there are none, and what to do. */
function Nothing({ found, asked, reads, onClear }: NothingProps) {
  const { t } = useTranslation()
  const data = found.data as { pages: ReadingList[] } | undefined
  if (!data && found.error)
    return (
      <ErrorState
        error={found.error}
        what={t('reading.list')}
        onRetry={() => void found.refetch()}
      />
    )
  if (!data)
    return (
      <Busy what={t('reading.list')}>
        <PanelSkeleton rows={12} rowHeight={36} cells={[48, 112, '40%', 120, 80]} />
      </Busy>
    )
  if (data.pages.some(({ items }) => items.length > 0)) return null
  const filtered = Boolean(
    asked.modality ||
      asked.branch ||
      asked.part ||
      asked.subspecialty ||
      asked.urgency ||
      asked.purpose ||
      asked.q,
  )
  return (
    <EmptyState
      title={t(filtered ? 'reading.filtered' : `reading.empty.${asked.show}`)}
      hint={filtered ? '' : t(reads ? 'reading.empty_hint' : 'reading.empty_branch')}
      action={filtered && <Button onClick={onClear}>{t('reading.clear')}</Button>}
    />
  )
}
