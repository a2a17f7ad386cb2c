/** The rows of the worklist, one line each, and the heads of their columns. */
import { LockOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Countdown } from '../../kit/Countdown'
import type { Row } from './queries'
import css from './reading.module.css'
import { beganAt, useReadingWords } from './words'

const COLUMNS = [
  'urgency',
  'left',
  'examination',
  'patient',
  'where',
  'subspecialty',
  'history',
  'priors',
  'marks',
] as const

/** For the eye only: each row says all of it in this order. Of what is issued no time is left, but known when. */
export function Heads({ issued }: { issued: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={`${css.row} ${css.heads}`} aria-hidden="true">
      {COLUMNS.map((column) => (
        <span key={column} className={css[column]}>
          {issued && column === 'left' ? t('reading.state.issued') : t(`reading.columns.${column}`)}
        </span>
      ))}
    </div>
  )
}

type Props = { row: Row; chosen: boolean; onChoose: () => void; onOpen: () => void }

export function ReadingRow({ row, chosen, onChoose, onOpen }: Props) {
  const { t } = useTranslation()
  const words = useReadingWords()
  return (
    <button
      type="button"
      className={css.row}
      data-row={row.id}
      aria-current={chosen}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <span className={`${css.tag} ${css[row.urgency]}`}>
        {t(`reading.urgency.${row.urgency}`)}
      </span>
      <span className={css.left}>
        <Left row={row} />
      </span>
      <span className={css.examination}>
        <span className={css.modality}>{row.modality || '—'}</span> {words.examination(row)}{' '}
        <span className="secondary">{row.accession_number}</span>
      </span>
      <b className={css.patient}>{words.who(row)}</b>
      <span className={`${css.where} secondary`}>{words.place(row)}</span>
      <span className={css.subspecialty}>{t(`reading.subspecialty.${row.subspecialty}`)}</span>
      <span className={row.has_history ? css.there : css.lacking}>
        {t(row.has_history ? 'reading.has_history' : 'reading.no_history')}
      </span>
      <span className="secondary">
        {row.priors > 0 ? t('reading.priors', { count: row.priors }) : t('reading.no_priors')}
      </span>
      <span className={css.marks}>
        <Purpose row={row} />
        <Marks row={row} />
      </span>
    </button>
  )
}

/** The time left, of what was returned the branch's; of what waits for images or is done none runs. */
export function Left({ row }: { row: Row }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (row.issued_at) return <span className="secondary">{moment(row.issued_at)}</span>
  if (row.due_at === null)
    return (
      <span className="secondary" title={t('reading.due_from')}>
        —
      </span>
    )
  return <Countdown due={row.due_at} since={beganAt(row)} />
}

/** That it is an over-read, and that the branch's report is still to come. */
function Purpose({ row }: { row: Row }) {
  const { t } = useTranslation()
  if (row.purpose !== 'over_read') return null
  return (
    <>
      <span className={css.overRead}>{t('reading.purpose.over_read')}</span>{' '}
      {row.branch_report === 0 && (
        <span className={css.lacking}>{t('reading.branch_report.waits')} </span>
      )}
    </>
  )
}

function Marks({ row }: { row: Row }) {
  const { t } = useTranslation()
  const words = useReadingWords()
  const claim = words.claim(row)
  const isolation = row.isolation && <b className={css.lacking}>{t('patient.isolation')}</b>
  if (row.recalled) return <span className={css.recalled}>{words.images(row)}</span>
  if (row.waits_for_images) return <span className={css.lacking}>{words.images(row)}</span>
  if (row.claim && claim)
    return (
      <>
        <span className={row.claim.mine ? css.mine : 'secondary'}>
          <LockOutlined aria-hidden /> {claim}
        </span>{' '}
        {isolation}
      </>
    )
  if (row.state === 'requested' || row.state === 'claimed')
    return (
      <>
        {t('reading.free')} {isolation}
      </>
    )
  return <span className="secondary">{words.state(row)}</span>
}
