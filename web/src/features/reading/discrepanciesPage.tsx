/** 复核差异: where over-reads and the branches' own reports differ, by day, site and grade. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
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
import { GRADES } from './comparing'
import {
  type Asked,
  type Discrepancies,
  type Discrepancy,
  daysWith,
  discrepanciesQuery,
} from './discrepancies'
import css from './discrepancies.module.css'

export function Component() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const asked: Asked = {
    since: params.get('since') ?? '',
    until: params.get('until') ?? '',
    branch: params.get('branch') ?? '',
    grade: GRADES.find((one) => one === params.get('grade')) ?? '',
  }
  const show = (next: Partial<Asked>) =>
    setParams(
      Object.entries({ ...asked, ...next }).filter(([, value]) => value),
      { replace: true },
    )
  return (
    <>
      <PageHead title={t('reading.discrepancies.title')} note={t('reading.discrepancies.note')} />
      <div className={css.page}>
        <Filters asked={asked} onShow={show} />
        <Loaded
          query={discrepanciesQuery(asked)}
          what={t('reading.discrepancies.title')}
          skeleton={<PanelSkeleton rows={6} />}
        >
          {(found) => (
            <>
              <Counts found={found} />
              {found.items.length > 0 && <List items={found.items} />}
              {found.items.length === 0 && found.hidden === 0 && (
                <EmptyState
                  title={t('reading.discrepancies.none')}
                  hint={t('reading.discrepancies.none_hint')}
                />
              )}
              {found.hidden > 0 && (
                <p className="secondary">
                  {t('reading.discrepancies.hidden', { count: found.hidden })}
                </p>
              )}
              {found.more && <p className="secondary">{t('reading.discrepancies.more')}</p>}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

type FiltersProps = { asked: Asked; onShow: (next: Partial<Asked>) => void }

/** They stay whatever is found: also where the server refuses the days. */
function Filters({ asked, onShow }: FiltersProps) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { data } = useQuery(discrepanciesQuery(asked))
  const [last, setLast] = useState<Discrepancies | undefined>(data)
  if (data && data !== last) setLast(data)
  const days = { since: asked.since || last?.since || '', until: asked.until || last?.until || '' }
  return (
    <div className={css.filters}>
      {(['since', 'until'] as const).map((end) => (
        <Input
          key={end}
          className={css.day ?? ''}
          type="date"
          required
          aria-label={t(`reading.discrepancies.${end}`)}
          value={days[end]}
          onChange={({ target: { value } }) => value && onShow(daysWith(days, end, value))}
        />
      ))}
      <Select
        className={css.pick ?? ''}
        aria-label={t('reading.discrepancies.site')}
        value={asked.branch}
        options={[
          { value: '', label: t('reading.branch', { value: t('reading.all') }) },
          ...(last?.branches ?? []).map((value) => ({ value, label: hospital(value) })),
        ]}
        onChange={(branch) => onShow({ branch })}
      />
      <Select
        className={css.pick ?? ''}
        aria-label={t('reading.discrepancies.grade')}
        value={asked.grade}
        options={[
          { value: '', label: t('reading.discrepancies.every_grade') },
          ...GRADES.slice(1).map((value) => ({ value, label: t(`reading.grade.${value}`) })),
        ]}
        onChange={(grade) => onShow({ grade })}
      />
    </div>
  )
}

/** Those that agree are counted too: a share of differences means nothing without them. */
function Counts({ found: { grades } }: { found: Discrepancies }) {
  const { t } = useTranslation()
  const all = GRADES.reduce((sum, each) => sum + grades[each], 0)
  return (
    <p className={css.counts}>
      <b>{t('reading.discrepancies.all', { count: all })}</b>
      {GRADES.map((each) => (
        <span key={each}>
          {t(`reading.grade.${each}`)} {grades[each]}
        </span>
      ))}
    </p>
  )
}

const COLUMNS = ['at', 'grade', 'patient', 'theirs', 'ours', 'reviewed'] as const

function List({ items }: { items: Discrepancy[] }) {
  const { t } = useTranslation()
  return (
    <SideScroll label={t('reading.discrepancies.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {COLUMNS.map((each) => (
              <th key={each} scope="col">
                {t(`reading.discrepancies.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <Line key={each.id} row={each} />
          ))}
        </tbody>
      </table>
    </SideScroll>
  )
}

function Line({ row }: { row: Discrepancy }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { withTitle, hospital } = usePeopleWords()
  const { brief } = usePatientWords()
  const said = (lines: string[], who: string) => (
    <td>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {lines.length === 0 && <div className="secondary">{t('reading.compare.not_said')}</div>}
      <span className="secondary small">{who}</span>
    </td>
  )
  const version =
    row.branch_report > 1
      ? ` · ${t('reading.branch_report.version', { number: String(row.branch_report) })}`
      : ''
  return (
    <tr>
      <td>{dateTime(row.issued_at)}</td>
      <td>
        <Link className="target" to={paths.reading(row.reading_id)}>
          <b className={css[row.grade]}>{t(`reading.grade.${row.grade}`)}</b>
        </Link>
        {row.corrected && (
          <>
            <br />
            <span className="secondary small">
              {t('reading.discrepancies.corrected', { why: row.corrected })}
            </span>
          </>
        )}
        {row.changed && (
          <>
            <br />
            <span className="secondary small">{t('reading.discrepancies.changed')}</span>
          </>
        )}
      </td>
      <td>
        <b>{brief(row.patient)}</b>
        <br />
        <span className="secondary small">
          {hospital(row.branch_id)} · {row.modality} {row.examination}
        </span>
      </td>
      {said(row.branch_lines, `${row.branch_author} ${dateTime(row.branch_written_at)}${version}`)}
      {said(row.hub_lines, `${withTitle(row.author)} ${dateTime(row.written_at)}`)}
      <td>{withTitle(row.reviewer)}</td>
    </tr>
  )
}
