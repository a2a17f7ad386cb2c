/** 变更记录: what was changed of a person, by whom, the newest first; with what was before. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { ErrorState } from '../../kit/ErrorState'
import { Busy, PanelSkeleton } from '../../kit/Skeletons'
import { Change } from '../disclosures/Change'
import { auditQuery } from '../disclosures/queries'
import { useAuditWords } from '../disclosures/words'
import css from './drawer.module.css'
import { useStaffWords } from './words'

export function History({ of }: { of: string }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { action } = useAuditWords()
  const { named } = useStaffWords()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery({ about: 'settings', target: of }),
  )
  const what = t('staff.history.title')
  if (!data && error) return <ErrorState error={error} what={what} onRetry={() => void refetch()} />
  if (!data)
    return (
      <Busy what={what}>
        <PanelSkeleton rows={4} cells={[120, '40%']} />
      </Busy>
    )
  const rows = data.pages.flatMap((page) => page.items)
  if (rows.length === 0) return <p className="secondary">{t('staff.history.none')}</p>
  return (
    <>
      <ol className={css.history} aria-label={what}>
        {rows.map((row) => (
          <li key={row.id}>
            <header>
              <b>{action(row)}</b>
              <span className="secondary small">
                {row.by ? named(row.by) : t('audit.system')} ·{' '}
                <time dateTime={row.at}>{dateTime(row.at)}</time>
              </span>
            </header>
            <Change row={row} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('consultation.load_more')}
        </Button>
      )}
    </>
  )
}
