/** The report beside the images: written by whoever has claimed it, reviewed by a senior, then read. */
import { Button } from 'antd'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotices } from '../../kit/draft/DraftNotices'
import { useSaving, useView } from '../../kit/draft/useDraft'
import { Notice } from '../../kit/Notice'
import { SaveState } from '../../kit/SaveState'
import { useSendKey } from '../../kit/sendKey'
import type { Image } from '../keyImages/image'
import KeyImages from '../keyImages/KeyImages'
import { ShownImages } from '../keyImages/ShownImages'
import { Addenda } from './Addenda'
import { Compare } from './Compare'
import { ComparedWith } from './ComparedWith'
import { isMine, type Reading, type Report } from './queries'
import { ReportFields } from './ReportFields'
import { Title } from './ReportHead'
import { Late, Review } from './Review'
import { Changes } from './ReviewChanges'
import css from './report.module.css'
import { imagesOf, PARTS, type ReportDraft, textOf, unsentOf, useReportDraft } from './reportDraft'
import { Said } from './Said'
import type { Caret } from './SlotText'
import { Steps } from './Steps'
import { TemplateBar } from './TemplateBar'
import { useCaret } from './textDraft'
import { type Compared, useComparison } from './useComparison'
import { may } from './useDeskActs'
import { type Acts, useReportActs } from './useReportActs'
import { useReview } from './useReview'

type Field = 'template' | (typeof PARTS)[number]

/** Key images as words: the number of each, and what is said of it. */
const listed = (images: Image[]) =>
  images.map(({ note }, i) => `${String(i + 1)}. ${note}`.trim()).join('  ')

/** `caret`: where what is measured on the images is written; null while nobody writes here. */
type PanelProps = { reading: Reading; caret: RefObject<Caret | null> }

export function ReportPanel({ reading, caret, sharp }: PanelProps & { sharp: RefObject<boolean> }) {
  const { report } = reading
  const draft = useReportDraft(reading)
  const review = useReview(reading)
  const acts = useReportActs(reading, sharp, review.drop)
  const compared = useComparison(reading)
  const mine = isMine(reading)
  if (!report) return null
  return (
    <section className={css.report} aria-labelledby="report">
      {review.late && !acts.busy && <Late of={review.late} onDrop={review.drop} />}
      {draft && (mine || draft.dirty) ? (
        <Write {...{ reading, report, draft, mine, acts, caret, compared }} />
      ) : may(reading, 'issue') ? (
        <Review {...{ reading, report, acts, compared, review }} />
      ) : (
        <Read reading={reading} report={report} acts={acts} />
      )}
      {acts.dialog}
    </section>
  )
}

type WriteProps = PanelProps & {
  report: Report
  draft: ReportDraft
  mine: boolean
  acts: Acts
  compared: Compared
}

function Write({ reading, report, draft, mine, acts, caret, compared }: WriteProps) {
  const { t } = useTranslation()
  const { doc } = useView(draft)
  const saving = useSaving(draft)
  const { submit } = acts
  const send = useRef(() => {})
  send.current = () => submit({ draft, compared })
  useCaret(mine, draft, caret)
  useSendKey(mine, send)
  return (
    <>
      <Title side={mine && <SaveState saving={saving} />} />
      {!mine && <Notice tone="urgent">{t('reading.report.not_saved')}</Notice>}
      <Said reading={reading} report={doc} flagged={report} />
      <DraftNotices
        draft={draft}
        of={unsentOf(reading.id)}
        alone
        name={(field) =>
          field === 'key_images' ? t('key_images.title') : t(`reading.report.${field as Field}`)
        }
        text={(_, value) => (Array.isArray(value) ? listed(value) : String(value))}
      />
      {mine && <TemplateBar reading={reading} draft={draft} caret={caret} />}
      <ReportFields
        of={doc}
        readOnly={!mine}
        onType={(part, text) => draft.set({ [part]: text })}
        onCaret={(at) => {
          caret.current = at
        }}
      />
      {mine ? (
        <KeyImages images={imagesOf(doc)} onChange={(key_images) => draft.set({ key_images })} />
      ) : (
        <ShownImages images={imagesOf(doc)} />
      )}
      <Compare
        {...{ reading, compared }}
        impression={textOf(doc).impression ?? ''}
        readOnly={!mine}
      />
      {mine && (
        <div className={css.acts}>
          <Button
            type="primary"
            loading={acts.busy}
            className={css.main ?? ''}
            onClick={() => send.current()}
          >
            {t('reading.report.submit')} <kbd>Ctrl ⏎</kbd>
          </Button>
          {may(reading, 'issue_alone') && (
            <Button onClick={() => acts.issueAlone(draft)}>
              {t('reading.report.issue_alone')}…
            </Button>
          )}
        </div>
      )}
    </>
  )
}

type Shown = { reading: Reading; report: Report; acts: Acts }

function Read({ reading, report, acts }: Shown) {
  const { t } = useTranslation()
  const text = textOf(report)
  const empty = PARTS.every((part) => !text[part])
  return (
    <>
      <Title />
      {report.damaged && <Notice tone="stat">{t('reading.report.damaged')}</Notice>}
      {reading.state === 'provisional' && (
        <Notice tone="urgent">{t('reading.report.provisional')}</Notice>
      )}
      {empty && !report.damaged && <p className="secondary">{t('reading.report.none')}</p>}
      {!empty && !report.issued_at && <p className="secondary">{t('reading.report.unissued')}</p>}
      <Said reading={reading} report={report} flagged={report} />
      <Addenda of={report.addenda} />
      {PARTS.filter((part) => text[part]).map((part) => (
        <div key={part} className={css.part}>
          <h3>{t(`reading.report.${part}`)}</h3>
          <p>{text[part]}</p>
        </div>
      ))}
      {imagesOf(report).length > 0 && (
        <div className={css.part}>
          <h3>{t('key_images.title')}</h3>
          <ShownImages images={imagesOf(report)} />
        </div>
      )}
      <ComparedWith reading={reading} />
      {report.issued_at && <Changes from={report.submitted} to={report} />}
      <Steps report={report} />
      {report.issued_at && report.id && !report.damaged && (
        <div className={css.acts}>
          <Downloads reading={reading} id={report.id} />
          {may(reading, 'addend') && (
            <Button
              type={reading.state === 'provisional' ? 'primary' : 'default'}
              onClick={acts.addend}
            >
              {t(
                reading.state === 'provisional'
                  ? 'reading.addendum.review_title'
                  : 'reading.addendum.title',
              )}
              …
            </Button>
          )}
        </div>
      )}
      {may(reading, 'take_back') && (
        <div className={css.acts}>
          <Button loading={acts.busy} onClick={acts.takeBack}>
            {t('reading.report.take_back')}
          </Button>
        </div>
      )}
    </>
  )
}

function Downloads({ reading, id }: { reading: Reading; id: string }) {
  const { t } = useTranslation()
  if (!reading.may_download)
    return <span className="secondary small">{t('reading.report.only_here')}</span>
  return (
    <>
      <Button href={`/api/reports/${id}/record`} target="_blank">
        {t('reading.report.print')}
      </Button>
      {!reading.recalled && (
        <>
          <Button href={`/api/reports/${id}/sr`} download>
            DICOM SR
          </Button>
          <Button href={`/api/reports/${id}/fhir`} download>
            FHIR
          </Button>
        </>
      )}
    </>
  )
}
