/** The rows of the list, and the heads of their columns. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { toneOf } from '../../consultation/tones'
import { useFormat } from '../../i18n/format'
import { Countdown } from '../../kit/Countdown'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { paths } from '../../paths'
import css from './list.module.css'

const COLUMNS = [
  'urgency',
  'number',
  'patient',
  'where',
  'question',
  'lead',
  'booked',
  'due',
  'state',
] as const

/** For the eye only: each row is one link, which says all of it in this order. */
export function ListHeads() {
  const { t } = useTranslation()
  return (
    <div className={`${css.row} ${css.heads}`} aria-hidden="true">
      {COLUMNS.map((column) => (
        <span key={column} className={css[column]}>
          {t(`consultation.columns.${column}`)}
        </span>
      ))}
    </div>
  )
}

export function ListRow({ row }: { row: Schemas['RowOut'] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief, place } = usePatientWords()
  const { hospital, named } = usePeopleWords()
  const lead = named({ name: row.lead_name, name_en: row.lead_name_en })
  const who = row.patient_id
    ? brief({
        name: row.patient_name,
        pinyin: row.patient_pinyin,
        sex: row.patient_sex ?? 'unknown',
        age: row.patient_age,
      })
    : t('home.no_patient')
  const due = earlier(row.state_due_at, row.sign_due_at)
  const draft = row.state === 'draft' || row.state === 'returned'
  return (
    <li>
      <Link className={css.row} to={draft ? paths.request(row.id) : paths.consultation(row.id)}>
        <UrgencyTag urgency={row.urgency} narrow />
        <span className={`${css.number} secondary`}>{row.number ?? '—'}</span>
        <b>{who}</b>
        <span className={`${css.where} secondary`}>
          {place({ ...row, hospital: hospital(row.branch_id) })}
        </span>
        <span className={css.question}>{row.title}</span>
        <span className={`${css.lead} secondary`}>{lead}</span>
        <span className={`${css.booked} ${row.starts_at ? '' : css.none}`}>
          {row.starts_at ? moment(row.starts_at) : '—'}
        </span>
        <span className={css.due}>
          {due ? (
            <Countdown due={due} since={row.state_since} />
          ) : (
            <span className="secondary">{moment(row.state_since)}</span>
          )}
        </span>
        <Pill tone={toneOf(row.state)}>{t(`consultation.state.${row.state}`)}</Pill>
      </Link>
    </li>
  )
}

/** What is due first: the state, or the whole. */
function earlier(state: string | null, whole: string | null): string | null {
  if (state === null || whole === null) return state ?? whole
  return Date.parse(whole) < Date.parse(state) ? whole : state
}
