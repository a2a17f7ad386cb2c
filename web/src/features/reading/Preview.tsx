/** What the chosen reading is about, beside the list: patient, first image, question, history, earlier studies. */
import { LockOutlined, WarningOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { numberOf } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { seriesQuery } from '../studies/queries'
import { BranchReport } from './BranchReport'
import { FromConsultation } from './FromConsultation'
import { otherSide } from './part'
import css from './preview.module.css'
import { type Reading, readingQuery } from './queries'
import { TogetherLink } from './together/TogetherLink'
import { may, type useDeskActs } from './useDeskActs'
import { useReadingWords } from './words'

type Acts = ReturnType<typeof useDeskActs>

export function Preview({ id, acts }: { id: string | undefined; acts: Acts }) {
  const { t } = useTranslation()
  const { data: row } = useQuery({ ...readingQuery(id ?? ''), enabled: id !== undefined })
  return (
    <section className={css.preview} aria-label={t('reading.preview')}>
      {id === undefined && <p className={`secondary ${css.nothing}`}>{t('reading.choose')}</p>}
      {row && (
        <>
          <Whose row={row} />
          <Picture row={row} />
          <About row={row} />
          <Foot row={row} acts={acts} />
        </>
      )}
    </section>
  )
}

function Whose({ row }: { row: Reading }) {
  const words = useReadingWords()
  const { allergy, number } = usePatientWords()
  const { t } = useTranslation()
  const { identity } = row
  const shown = numberOf(identity)
  return (
    <header className={css.whose}>
      <span className={css.spread}>
        <b>{words.who(row)}</b>
        {row.critical && <b className={css.critical}>{t('patient.critical')}</b>}
        {row.isolation && <b className={css.critical}>{t('patient.isolation')}</b>}
      </span>
      <span className="secondary small">
        {[shown && number(shown), words.place(row)].filter(Boolean).join(' · ')}
      </span>
      {identity.allergy === 'known' && (
        <b className={css.recalled}>
          <WarningOutlined aria-hidden /> {allergy(identity.allergy, identity.allergy_text)}
        </b>
      )}
    </header>
  )
}

function Picture({ row }: { row: Reading }) {
  const { t } = useTranslation()
  const { dicomweb_url } = useSession()
  const words = useReadingWords()
  const { patient, study } = row
  const { data: series } = useQuery({
    ...seriesQuery({ hospital: study.hospital_id, uid: study.study_uid, dicomweb: dicomweb_url }),
    enabled: !row.recalled && row.received > 0,
  })
  const first = series?.find(({ hasPixels }) => hasPixels)
  return (
    <figure className={css.picture}>
      {first && <img src={first.thumbnail} alt="" />}
      <figcaption>
        <b>{patient.name}</b>
        <span>{words.images(row)}</span>
        <i>{first && t('reading.not_diagnostic')}</i>
      </figcaption>
    </figure>
  )
}

type SideProps = { side: Reading['side']; laterality: string }

/** A doubt to be settled by whoever asks or reads: the images are marked as of the other side. */
export function OtherSide({ side, laterality }: SideProps) {
  const { t } = useTranslation()
  const images = otherSide(side, laterality)
  if (!images) return null
  const said = { asked: t(`reading.side.${side}`), images: t(`reading.side.${images}`) }
  return <Notice tone="urgent">{t('reading.images_other_side', said)}</Notice>
}

/** `compared`: the branch's report stands beside the hub's already. */
export function About({ row, compared = false }: { row: Reading; compared?: boolean }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const words = useReadingWords()
  const who = named({ name: row.requester, name_en: row.requester_en })
  return (
    <div className={css.about}>
      <h2>
        {words.examination(row)}{' '}
        {!row.recalled && (
          <span className={row.waits_for_images ? css.lacking : css.there}>
            {words.images(row)}
          </span>
        )}
      </h2>
      {row.accession_number && (
        <p className="secondary small">
          {t('reading.accession', { number: row.accession_number })}
        </p>
      )}
      {row.state === 'returned' && row.return_code && (
        <p className={css.lacking}>
          {t('reading.came_back', { code: t(`reading.code.${row.return_code}`) })}{' '}
          {row.return_words} {row.due_at && t('reading.send_by', { at: dateTime(row.due_at) })}
        </p>
      )}
      {row.state === 'withdrawn' && (
        <p className={css.lacking}>
          {t('reading.withdrawn', {
            why: row.withdraw_words || t('reading_flagged.consent_withdrawn'),
          })}
        </p>
      )}
      <OtherSide side={row.side} laterality={row.study.laterality} />
      <h3>{t('reading.question')}</h3>
      <p>{row.question}</p>
      <h3>{t('reading.history')}</h3>
      <p>{row.history || <span className={css.lacking}>{t('reading.none_written')}</span>}</p>
      <p className="secondary small">
        {t(row.by_rule ? 'reading.from_rule' : 'reading.from', {
          who,
          at: dateTime(row.requested_at),
        })}{' '}
        {row.requester_phone}
      </p>
      <p className="secondary small">
        {t('reading.basis', { basis: row.basis || t('reading.no_basis') })}
      </p>
      {row.consultation && <FromConsultation from={row.consultation} />}
      {!compared && <BranchReport reading={row} />}
      {row.priors_held.length > 0 && <h3>{t('reading.priors')}</h3>}
      <ul>
        {row.priors_held.map((one) => (
          <li key={one.study_uid}>
            {one.modalities.join('/')} {one.description}{' '}
            <span className="secondary small">{one.taken_at && dateTime(one.taken_at)}</span>
            {one.report && !one.report.damaged && <PriorReport report={one.report} />}
            {one.own && <OwnReportOf own={one.own} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the branch itself said of a prior. */
function OwnReportOf({ own }: { own: NonNullable<Reading['priors_held'][number]['own']> }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const who = named({ name: own.signer, name_en: own.signer_en })
  return (
    <details className={css.earlier}>
      <summary>
        {t('reading.branch_report.title')}
        {t('viewer.colon')}
        {own.impression}
      </summary>
      <p>{own.findings}</p>
      <p className="secondary small">
        {t('reading.own.signed_by', { who, at: dateTime(own.signed_at) })}
      </p>
    </details>
  )
}

/** What was said of a prior: its impression, and the rest when asked for. */
function PriorReport({ report }: { report: NonNullable<Reading['report']> }) {
  const { t } = useTranslation()
  return (
    <details className={css.earlier}>
      <summary>{report.impression}</summary>
      <p>{report.findings}</p>
      {report.addenda.map((one) => (
        <p key={one.id}>
          {t(`reading.addendum.${one.kind}`)}
          {t('viewer.colon')}
          {one.text}
        </p>
      ))}
    </details>
  )
}

function Foot({ row, acts }: { row: Reading; acts: Acts }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const words = useReadingWords()
  const until = row.claim?.idle_until
  const verb = may(row, 'claim') ? 'claim' : may(row, 'take_over') ? 'take_over' : 'open'
  return (
    <footer className={css.foot}>
      {(row.claim || may(row, 'claim')) && (
        <p className="secondary small">
          <LockOutlined aria-hidden />{' '}
          {row.claim
            ? [words.claim(row), until && t('reading.idle_until', { at: time(until) })]
                .filter(Boolean)
                .join(' · ')
            : t('reading.claimed_hint')}
        </p>
      )}
      <div className={css.buttons}>
        <Button type="primary" loading={acts.busy} onClick={() => acts.open(row)}>
          {t(`reading.${verb}`)}
        </Button>
        {row.issued_at && row.report?.id && !row.report.damaged && row.may_download && (
          <Button href={`/api/reports/${row.report.id}/record`} target="_blank">
            {t('reading.report.print')}
          </Button>
        )}
        <TogetherLink id={row.id} />
        {may(row, 'release') && (
          <Button onClick={() => acts.release(row)}>{t('reading.release')}</Button>
        )}
        {may(row, 'return') && (
          <Button onClick={() => acts.sendBack(row)}>{t('reading.return')}…</Button>
        )}
        {may(row, 'resend') && (
          <Button onClick={() => acts.resend(row)}>{t('reading.resend')}…</Button>
        )}
        {may(row, 'withdraw') && (
          <Button onClick={() => acts.withdraw(row)}>{t('reading.withdraw')}…</Button>
        )}
      </div>
    </footer>
  )
}
