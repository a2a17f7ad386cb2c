/** What an over-read came to: its grade, the lines of either report that it is about, and both reports' doctors. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { BranchReport } from './BranchReport'
import css from './branchReport.module.css'
import type { Reading } from './queries'

export function ComparedWith({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const { over_read: found } = reading
  if (!found) return <BranchReport reading={reading} />
  return (
    <section className={css.compare} aria-label={t('reading.compare.result')}>
      <h3 className={css.heading}>
        {t('reading.compare.result')}
        <b className={css[found.grade]}>{t(`reading.grade.${found.grade}`)}</b>
      </h3>
      {found.first && (
        <p className={css.changed}>
          {t('reading.compare.was', { grade: t(`reading.grade.${found.first.grade}`) })}
        </p>
      )}
      <Record reading={reading} />
      <BranchReport reading={reading} />
    </section>
  )
}

/** The discrepancy; where both agree there is none. */
function Record({ reading: { over_read: found, branch_reports, report } }: { reading: Reading }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  if (!found || found.grade === 'agreement') return null
  const theirs = branch_reports.find(({ number }) => number === found.branch_report)
  const sides = [
    {
      label: t('reading.compare.theirs'),
      lines: found.branch_lines ?? [],
      who: theirs && `${theirs.author} ${dateTime(theirs.written_at)}`,
    },
    {
      label: t('reading.discrepancies.ours'),
      lines: found.hub_lines ?? [],
      who: report?.written_at && `${report.author} ${dateTime(report.written_at)}`,
    },
  ]
  return (
    <dl className={css.record}>
      {sides.map(({ label, lines, who }) => (
        <div key={label}>
          <dt>
            {label} <span className="secondary small">{who}</span>
          </dt>
          {lines.length === 0 && <dd className="secondary">{t('reading.compare.not_said')}</dd>}
          {lines.map((line) => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
