/** The report as its reviewer changes and issues it, or gives it back. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Leaving } from '../../kit/Leaving'
import { Notice } from '../../kit/Notice'
import KeyImages from '../keyImages/KeyImages'
import { Compare } from './Compare'
import type { Reading, Report } from './queries'
import { ReportFields } from './ReportFields'
import { Title } from './ReportHead'
import { Changes } from './ReviewChanges'
import css from './report.module.css'
import { imagesOf, textOf } from './reportDraft'
import { Said } from './Said'
import { Steps } from './Steps'
import type { Compared } from './useComparison'
import type { Acts } from './useReportActs'
import type { Typed, useReview } from './useReview'

type Props = {
  reading: Reading
  report: Report
  acts: Acts
  compared: Compared
  review: ReturnType<typeof useReview>
}

export function Review({ reading, report, acts, compared, review: { typed, change } }: Props) {
  const { t } = useTranslation()
  const text = typed?.text ?? textOf(report)
  const images = typed?.images ?? imagesOf(report)
  const had = imagesOf(report).length > 0
  return (
    <>
      <Title />
      <Leaving unsaved={typed !== null || compared.changed} />
      <Said reading={reading} report={{ ...report, ...text }} flagged={report} />
      <ReportFields
        of={text}
        onType={(part, now) => change(report, { text: { ...text, [part]: now }, images })}
      />
      {(had || images.length > 0) && (
        <KeyImages images={images} onChange={(now) => change(report, { text, images: now })} />
      )}
      <Compare {...{ reading, compared }} impression={text.impression ?? ''} />
      <Changes from={report.submitted} to={{ ...text, key_images: images }} />
      <Steps report={report} />
      <div className={css.acts}>
        <Button onClick={acts.revise}>{t('reading.report.revise')}…</Button>
        <Button
          type="primary"
          className={css.main ?? ''}
          loading={acts.busy}
          onClick={() =>
            acts.issue({
              text: { ...text, key_images: images, template: report.template },
              compared,
            })
          }
        >
          {t('reading.report.issue')}
        </Button>
      </div>
    </>
  )
}

/** What was typed of a report that has moved on: to be copied, until it is dropped. */
export function Late({ of: { text }, onDrop }: { of: Typed; onDrop: () => void }) {
  const { t } = useTranslation()
  return (
    <section className={css.late} aria-label={t('reading.report.changed')}>
      <Leaving unsaved />
      <Notice tone="urgent" action={<Button onClick={onDrop}>{t('unsaved.drop')}</Button>}>
        {t('reading.report.typed_kept')}
      </Notice>
      <ReportFields of={text} readOnly onType={() => {}} />
    </section>
  )
}
