/** What an over-read came to: its grade, the lines of either report that it is about, and both reports' doctors. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import { BranchReport } from './BranchReport'
import css from './branchReport.module.css'
import { GradeDialog } from './GradeDialog'
import type { Reading } from './queries'

export function ComparedWith({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const [correcting, setCorrecting] = useState(false)
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
      {found.corrections?.map((each) => (
        <p key={each.corrected_at} className={css.changed}>
          {t('reading.compare.corrected_by', {
            ...{
              before: t(`reading.grade.${each.before}`),
              grade: t(`reading.grade.${each.grade}`),
            },
            ...{
              who: named({ name: each.by, name_en: each.by_en }),
              at: dateTime(each.corrected_at),
            },
            why: each.reason,
          })}
        </p>
      ))}
      {found.may_correct && (
        <div className={css.ways}>
          <Button size="small" onClick={() => setCorrecting(true)}>
            {t('reading.compare.correct')}…
          </Button>
        </div>
      )}
      {correcting && <GradeDialog reading={reading} onClose={() => setCorrecting(false)} />}
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
