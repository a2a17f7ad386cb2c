/** The 会诊申请单 of one patient: its parts on the left, the text in the middle, the papers on the right. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { IdentityNotice } from '../../consultation/IdentityNotice'
import { consultationQuery } from '../../consultation/queries'
import { useReasonWords } from '../../consultation/reasonWords'
import { identityOf } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { Already } from './Already'
import { ApproveNotice } from './Approve'
import { AttachmentsPart } from './AttachmentsPart'
import { ConsentPart } from './ConsentPart'
import { Decisions, DraftProvider, useDraft } from './draft'
import { Foot } from './Foot'
import { ImagesPart } from './ImagesPart'
import { PatientNotices } from './PatientNotices'
import { PatientPart, PlaceFields } from './PatientPart'
import { PurposePart } from './PurposePart'
import { requestQuery } from './queries'
import css from './requests.module.css'
import { SectionNav } from './SectionNav'
import { SummaryPart } from './SummaryPart'
import { UrgencyPart } from './UrgencyPart'
import { WantedPart } from './WantedPart'
import { WayPart } from './WayPart'
import { WishesPart } from './WishesPart'
import { goTo, useMissingWords } from './words'

const skeleton = (
  <div className={css.columns}>
    <PanelSkeleton rows={10} rowHeight={36} />
    <PanelSkeleton rows={10} rowHeight={52} />
    <PanelSkeleton rows={8} rowHeight={48} />
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded query={requestQuery(id)} what={t('requests.what.request')} skeleton={skeleton}>
      {(row) => (
        <DraftProvider key={row.id} first={row}>
          <Form />
        </DraftProvider>
      )}
    </Loaded>
  )
}

/** The patient's identity once the request is submitted; before, its doctor changes it in the form. */
function SubmittedIdentity({ id }: { id: string }) {
  const { data } = useQuery(consultationQuery(id))
  return data ? <IdentityNotice consultation={data} /> : null
}

function Form() {
  const { t } = useTranslation()
  const { row, missing, fixed } = useDraft()
  const { hospital } = usePeopleWords()
  const { moment } = useFormat()
  const words = useMissingWords()
  const reasonWords = useReasonWords()
  const { patient } = row
  const whence = patient?.sourced_at && [
    t('requests.read_at', { source: words.source(patient.source), at: moment(patient.sourced_at) }),
    patient.typed_at && t('requests.typed_since', { at: moment(patient.typed_at) }),
    '',
  ]
  const read = whence ? whence.filter((each) => each !== null).join(' · ') : ''
  return (
    <div className={css.page}>
      {patient && (
        <PatientBanner
          patient={identityOf(patient, row.content, hospital, row.department_en)}
          extra={`${read}${t('requests.to', { hospital: hospital(row.hub_id) })}`}
        />
      )}
      <div className={css.notices}>
        {row.state === 'returned' && (
          <Notice tone="urgent">
            {t('requests.returned', { reason: reasonWords(row.state_reason ?? '') })}{' '}
            {row.returned_missing.length > 0 && t('requests.returned_missing')}{' '}
            <span className={css.row}>
              {row.returned_missing.map((word) => (
                <button key={word} type="button" className={css.chip} onClick={() => goTo(word)}>
                  {words.one(word)}
                </button>
              ))}
            </span>
          </Notice>
        )}
        {!fixed && row.state !== 'draft' && row.state !== 'returned' && missing.length > 0 && (
          <Notice tone="urgent">{t('requests.stat_rest', { n: String(missing.length) })}</Notice>
        )}
        {fixed && (
          <Notice
            action={<Link to={paths.consultation(row.id)}>{t('requests.to_consultation')}</Link>}
          >
            {t(row.papers_open ? 'requests.not_writable' : 'requests.over')}
          </Notice>
        )}
        {!row.agreement && <Notice tone="stat">{t('requests.no_agreement')}</Notice>}
        {row.state !== 'draft' && row.state !== 'returned' && <SubmittedIdentity id={row.id} />}
        <Already />
        <ApproveNotice />
        <Decisions />
      </div>
      <div className={css.columns}>
        <SectionNav />
        <div className={css.form}>
          <div className={css.pair}>
            <PatientPart />
            <WantedPart />
          </div>
          <PatientNotices />
          <PlaceFields />
          <UrgencyPart />
          <PurposePart />
          <SummaryPart />
          <WayPart />
        </div>
        <div className={css.side}>
          <ImagesPart />
          <AttachmentsPart />
          <ConsentPart />
          <WishesPart />
        </div>
      </div>
      <Foot />
    </div>
  )
}
