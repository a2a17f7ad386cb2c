/** What was added to an issued report: above it, because it changes how it is read. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { usePeopleWords } from '../../kit/people'
import type { Report } from './queries'
import css from './report.module.css'

export function Addenda({ of }: { of: Report['addenda'] }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { withTitle } = usePeopleWords()
  return of.map((each) => (
    <Notice key={each.id} tone={each.damaged ? 'stat' : 'urgent'}>
      <div className={css.addendum}>
        <b>{t(`reading.addendum.${each.kind}`)}</b>
        <p>{each.damaged ? t('reading.report.damaged') : each.text}</p>
        <span className="secondary small">
          {t('reading.report.by', {
            who: withTitle({
              name: each.author,
              name_en: each.author_en,
              title: each.author_title,
            }),
            at: dateTime(each.at),
          })}{' '}
          {!each.damaged && (
            <a
              className="target"
              href={`/api/reports/${each.id}/record`}
              target="_blank"
              rel="noreferrer"
            >
              {t('reading.addendum.print')}
            </a>
          )}
        </span>
      </div>
    </Notice>
  ))
}
