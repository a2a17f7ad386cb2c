/** Who has written a report and who has reviewed it, or that it waits. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import type { Report } from './queries'
import css from './report.module.css'

export function Steps({ report }: { report: Report }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { withTitle } = usePeopleWords()
  const said = (at: string, name: string, name_en: string, title: Report['author_title']) =>
    t('reading.report.by', {
      who: withTitle({ name, name_en, title: title ?? 'attending' }),
      at: dateTime(at),
    })
  if (!report.written_at) return null
  return (
    <ol className={css.steps}>
      <li>
        <b>{t('reading.report.written')}</b>{' '}
        {said(report.written_at, report.author, report.author_en, report.author_title)}
      </li>
      <li className={report.reviewed_at ? '' : 'secondary'}>
        {report.reviewed_at ? (
          <>
            <b>{t('reading.report.reviewed')}</b>{' '}
            {said(report.reviewed_at, report.reviewer, report.reviewer_en, report.reviewer_title)}
          </>
        ) : (
          t('reading.report.waits')
        )}
      </li>
    </ol>
  )
}
