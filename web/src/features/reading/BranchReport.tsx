/** The branch's own report of an over-read: its diagnosis, and on request all of it, with earlier versions. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRole } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { BranchReportDialog } from './BranchReportDialog'
import type { BranchReport as Version } from './branchReport'
import css from './branchReport.module.css'
import type { Reading } from './queries'

export function BranchReport({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const writes = useRole('radiologist')
  const [newest, ...earlier] = reading.branch_reports
  if (reading.purpose !== 'over_read') return null
  return (
    <section className={css.theirs} aria-label={t('reading.branch_report.title')}>
      <Heading of={newest} />
      {newest ? (
        <Text of={newest} />
      ) : (
        <p className={css.lacking}>{t('reading.branch_report.none')}</p>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{t('reading.branch_report.earlier', { count: earlier.length })}</summary>
          {earlier.map((each) => (
            <div key={each.number}>
              <Heading of={each} />
              <Text of={each} />
            </div>
          ))}
        </details>
      )}
      {reading.takes_branch_report && (
        <div className={css.ways}>
          {writes && (
            <Link className="target" to={paths.ownReport(reading.study.study_uid)}>
              {t('reading.own.write')}
            </Link>
          )}
          <Button size="small" onClick={() => setAdding(true)}>
            {t(newest ? 'reading.branch_report.change' : 'reading.branch_report.add')}…
          </Button>
        </div>
      )}
      {adding && <BranchReportDialog reading={reading} onClose={() => setAdding(false)} />}
    </section>
  )
}

function Heading({ of }: { of: Version | undefined }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return (
    <h3 className={css.heading}>
      {t('reading.branch_report.title')}{' '}
      {of && (
        <span className="secondary small">
          {of.author} {dateTime(of.written_at)}
          {of.written_here && ` · ${t('reading.own.here')}`}
          {of.number > 1 &&
            ` · ${t('reading.branch_report.version', { number: String(of.number) })}`}
        </span>
      )}
    </h3>
  )
}

/** Its diagnosis, unless that stands beside to be ticked; its findings are folded, because they are read once. */
export function Text({ of, ticked = false }: { of: Version; ticked?: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {of.impression && !ticked && <p className={css.quoted}>{of.impression}</p>}
      {of.findings && (
        <details>
          <summary>{t('reading.report.findings')}</summary>
          {of.technique && <p className={css.quoted}>{of.technique}</p>}
          <p className={css.quoted}>{of.findings}</p>
        </details>
      )}
      {of.file_id && (
        <a
          className="target"
          href={`/api/files/${of.file_id}/content`}
          target="_blank"
          rel="noreferrer"
        >
          {t('reading.branch_report.pdf')}
        </a>
      )}
    </>
  )
}
