/** What became of the images since the report was written: said above it, because it changes how it is read. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import type { Reading, Report } from './queries'

const stage = ({ issued_at, written_at }: Report) =>
  issued_at ? 'issued' : written_at ? 'review' : 'writing'

export function Flagged({ reading, report }: { reading: Reading; report: Report }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const page = report.pages.filter((each) => each.kind !== 'grown').at(-1)
  const came = !reading.recalled && report.came_since > 0
  return (
    <>
      {page && (
        <Notice tone={page.kind === 'recalled' ? 'stat' : 'urgent'}>
          {t(`reading_flagged.flagged.${page.kind}`)}{' '}
          <span className="secondary small">{dateTime(page.at)}</span>
        </Notice>
      )}
      {came && (
        <Notice tone="urgent">
          {t(`reading_flagged.came_${stage(report)}`, { count: report.came_since })}{' '}
          {report.pages.some((each) => each.kind === 'grown') && t('reading_flagged.flagged.grown')}
        </Notice>
      )}
    </>
  )
}
