/** 本院阅片: the studies of a branch that came last, and how far the own report of each is. */
import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { SideScroll } from '../../kit/SideScroll'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { OWN_LISTS, type OwnRow, ownReportsQuery } from './own'
import css from './own.module.css'

export function Component() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const show = OWN_LISTS.find((one) => one === params.get('show')) ?? 'to_write'
  const typed = params.get('q') ?? ''
  const asked = { show, q: useDeferredValue(typed) }
  const { data } = useQuery(ownReportsQuery(asked))
  const set = (next: { show?: string; q?: string }) => {
    const all = Object.entries({ show, q: typed, ...next }).filter(([, value]) => value)
    setParams(all, { replace: true })
  }
  return (
    <>
      <PageHead
        title={t('reading.own.list')}
        note={t('reading.own.note')}
        actions={
          <Link className="target" to={paths.readings()}>
            {t('reading.requests')}
          </Link>
        }
      />
      <div className={css.page}>
        <div className={css.filters}>
          <nav className={css.lists} aria-label={t('reading.own.list')}>
            {OWN_LISTS.map((one) => (
              <button
                key={one}
                type="button"
                aria-current={one === show}
                onClick={() => set({ show: one })}
              >
                {t(`reading.own.show.${one}`)} {data?.[one]}
              </button>
            ))}
          </nav>
          <Input
            className={css.search ?? ''}
            allowClear
            prefix={<SearchOutlined aria-hidden />}
            aria-label={t('reading.own.search')}
            placeholder={t('reading.own.search')}
            value={typed}
            onChange={(event) => set({ q: event.target.value })}
          />
        </div>
        <Loaded
          query={ownReportsQuery(asked)}
          what={t('reading.own.list')}
          skeleton={<PanelSkeleton rows={8} />}
        >
          {({ items, more }) => (
            <>
              {items.length > 0 ? (
                <List items={items} />
              ) : (
                <EmptyState title={t(`reading.own.empty.${show}`)} hint={t('reading.own.hint')} />
              )}
              {more && <p className="secondary small">{t('reading.own.more')}</p>}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

const COLUMNS = ['examination', 'patient', 'taken', 'images', 'report'] as const

function List({ items }: { items: OwnRow[] }) {
  const { t } = useTranslation()
  return (
    <SideScroll label={t('reading.own.list')}>
      <table className={css.table}>
        <thead>
          <tr>
            {COLUMNS.map((each) => (
              <th key={each} scope="col">
                {t(`reading.own.columns.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <Line key={each.study.study_uid} row={each} />
          ))}
        </tbody>
      </table>
    </SideScroll>
  )
}

function Line({ row: { study, patient, state, at, ...row } }: { row: OwnRow }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { brief } = usePatientWords()
  const { named } = usePeopleWords()
  const who = row.who && named({ name: row.who, name_en: row.who_en })
  return (
    <tr>
      <td>
        <Link className="target" to={paths.ownReport(study.study_uid)}>
          {study.modalities.join('/')} {study.description || t('reading.own.unnamed')}
        </Link>
        {study.accession_number && (
          <div className="secondary small">
            {t('reading.accession', { number: study.accession_number })}
          </div>
        )}
      </td>
      <td>
        <b>{brief(patient)}</b>
      </td>
      <td>{study.taken_at ? dateTime(study.taken_at) : '—'}</td>
      <td>
        {study.received}
        {study.expected !== null && study.received < study.expected && ` / ${study.expected}`}
      </td>
      <td>
        {t(`reading.own.state.${state}`)}
        {(who || at) && (
          <span className="secondary small">
            {' '}
            {[who, at && dateTime(at)].filter(Boolean).join(' ')}
          </span>
        )}
      </td>
    </tr>
  )
}
