/** All consultations that this person may see, with search by name and filter by state. */
import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input, Segmented, Select } from 'antd'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useRole } from '../../api/session'
import { consultationsQuery, type ListFilter } from '../../consultation/queries'
import { EmptyState } from '../../kit/EmptyState'
import { ErrorState } from '../../kit/ErrorState'
import { PageHead } from '../../kit/PageHead'
import { Busy, PanelSkeleton } from '../../kit/Skeletons'
import { useFits } from '../../kit/useFits'
import { paths } from '../../paths'
import { ExportButton } from './ExportButton'
import { ListHeads, ListRow } from './ListRow'
import css from './list.module.css'

const FILTERS = ['open', 'waiting', 'booked', 'answering', 'done', 'all'] as const
/** What a count elsewhere opens; offered here only while it is shown. */
const COUNTED = ['signed', 'acknowledged', 'executing', 'followed_late', 'late'] as const
type Filter = (typeof FILTERS)[number] | (typeof COUNTED)[number]
const ASKED: Record<Filter, ListFilter> = {
  open: { open: true },
  waiting: { state: 'submitted' },
  booked: { state: 'scheduled,ready' },
  answering: { state: 'answering' },
  signed: { state: 'signed' },
  acknowledged: { state: 'acknowledged' },
  executing: { state: 'executing' },
  followed_late: { state: 'signed,acknowledged,executing', late: true },
  late: { open: true, late: true },
  done: { open: false },
  all: {},
}

const asFilter = (value: string | null): Filter =>
  [...FILTERS, ...COUNTED].find((filter) => filter === value) ?? 'open'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const mayRequest = useRole('requesting_doctor')
  const filter = asFilter(search.get('show'))
  const words = useDeferredValue(search.get('q') ?? '')
  const asked = { ...ASKED[filter], ...(words ? { q: words } : {}) }
  const set = (key: string, value: string) =>
    setSearch(
      (old) => {
        if (value) old.set(key, value)
        else old.delete(key)
        return old
      },
      { replace: true },
    )
  return (
    <>
      <PageHead
        title={t('consultation.list')}
        actions={
          <>
            <Input
              className={css.search ?? ''}
              allowClear
              prefix={<SearchOutlined aria-hidden />}
              aria-label={t('consultation.search')}
              placeholder={t('consultation.search')}
              defaultValue={words}
              onChange={(event) => set('q', event.target.value.trim())}
            />
            <ExportButton asked={asked} />
            {mayRequest && (
              <Button
                type="primary"
                icon={<PlusOutlined aria-hidden />}
                onClick={() => void navigate(paths.newRequest())}
              >
                {t('consultation.new_request')}
              </Button>
            )}
          </>
        }
      />
      <div className={css.body}>
        <Filters filter={filter} onFilter={(value) => set('show', value)} />
        <Found asked={asked} untouched={filter === 'all' && !words} />
      </div>
    </>
  )
}

/** On a phone one field: beside each other the last ones would lie beyond its edge. */
function Filters({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const phone = useFits('(max-width: 599px)')
  const all = {
    'aria-label': t('consultation.list_hint'),
    value: filter,
    options: [...FILTERS, ...COUNTED.filter((one) => one === filter)].map((value) => ({
      value,
      label: t(`consultation.filters.${value}`),
    })),
    onChange: onFilter,
  }
  return phone ? <Select {...all} /> : <Segmented {...all} />
}

function Found({ asked, untouched }: { asked: ListFilter; untouched: boolean }) {
  const { t } = useTranslation()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    consultationsQuery(asked),
  )
  const rows = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      {!data && error && (
        <ErrorState error={error} what={t('consultation.list')} onRetry={() => void refetch()} />
      )}
      {!data && !error && (
        <Busy what={t('consultation.list')}>
          <PanelSkeleton rows={12} cells={[56, 120, '40%', 120, 80]} />
        </Busy>
      )}
      {data && rows.length === 0 && (
        <EmptyState
          title={t(untouched ? 'consultation.list_empty' : 'consultation.list_none')}
          hint={untouched ? t('consultation.list_empty_hint') : ''}
          action={
            untouched ? null : (
              <Link to={`${paths.consultations()}?show=all`}>{t('consultation.list_all')}</Link>
            )
          }
        />
      )}
      {rows.length > 0 && (
        <div className={css.rows}>
          <ListHeads />
          <ul aria-label={t('consultation.list')}>
            {rows.map((row) => (
              <ListRow key={row.id} row={row} />
            ))}
          </ul>
        </div>
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('consultation.load_more')}
        </Button>
      )}
    </>
  )
}
