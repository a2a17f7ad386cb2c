/** A consultation in a list: urgency, patient, title, hospital, state and since when. */
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
  const draft = row.state === 'draft' || row.state === 'returned'
  return (
    <li>
      <Link className={css.row} to={draft ? paths.request(row.id) : paths.consultation(row.id)}>
        <UrgencyTag urgency={row.urgency} narrow />
        <b>{who}</b>
        <span className="secondary">{place({ ...row, hospital: hospital(row.branch_id) })}</span>
        <span className={css.title}>{row.title}</span>
        <span className="secondary">{lead}</span>
        <span className={css.when}>
          {row.starts_at && ['scheduled', 'ready'].includes(row.state) ? (
            moment(row.starts_at)
          ) : row.state_due_at ? (
            <Countdown due={row.state_due_at} since={row.state_since} />
          ) : (
            <span className="secondary">{moment(row.state_since)}</span>
          )}
        </span>
        <Pill tone={toneOf(row.state)}>{t(`consultation.state.${row.state}`)}</Pill>
      </Link>
    </li>
  )
}
