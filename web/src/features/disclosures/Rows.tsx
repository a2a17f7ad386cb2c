/** The rows of the audit log: who read whom, or what was changed. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../i18n/format'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { paths } from '../../paths'
import css from './audit.module.css'
import { Change } from './Change'
import type { Row } from './queries'
import { useAuditWords } from './words'

type Props = { rows: readonly Row[]; label: string }

export function Reads({ rows, label }: Props) {
  const { t } = useTranslation()
  const words = useAuditWords()
  const { hospital } = usePeopleWords()
  return (
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('audit.columns.at')}</th>
          <th scope="col">{t('audit.columns.by')}</th>
          <th scope="col">{t('audit.columns.purpose')}</th>
          <th scope="col">{t('audit.columns.patient')}</th>
          <th scope="col">{t('audit.columns.consultation')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={css.at}>
              <At row={row} />
            </td>
            <td>
              <By row={row} />
            </td>
            <td className={row.outcome === 'ok' ? '' : css.refused}>{words.purpose(row)}</td>
            <td>{row.patient ? <Of patient={row.patient} /> : hospital(row.owner_id ?? '')}</td>
            <td className="secondary">
              {row.consultation_id ? (
                <Link to={paths.consultation(row.consultation_id)}>
                  {row.consultation_number ?? t('audit.case')}
                </Link>
              ) : (
                row.consultation_number
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Changes({ rows, label }: Props) {
  const { t } = useTranslation()
  const words = useAuditWords()
  return (
    <table className={`${css.table} ${css.changes}`} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('audit.columns.at')}</th>
          <th scope="col">{t('audit.columns.by')}</th>
          <th scope="col">{t('audit.columns.what')}</th>
          <th scope="col">{t('audit.columns.change')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={css.at}>
              <At row={row} />
            </td>
            <td>
              <By row={row} />
            </td>
            <td>{words.action(row)}</td>
            <td>
              <Change row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function At({ row }: { row: Row }) {
  const { dateTime } = useFormat()
  return <time dateTime={row.at}>{dateTime(row.at)}</time>
}

function By({ row }: { row: Row }) {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  if (!row.by) return <span className="secondary">{t('audit.system')}</span>
  const department = named({ name: row.by.department, name_en: row.by.department_en })
  return (
    <>
      <Link to={paths.audit({ staff: row.by.id })}>{named(row.by)}</Link>{' '}
      <span className="secondary small">
        {[hospital(row.by.hospital_id), department].filter(Boolean).join(' · ')}
      </span>
      {row.device && <AtDevice device={row.device} by={row.by.hospital_id} />}
    </>
  )
}

/** The device at which they were signed in, with its hospital where that is not their own. */
function AtDevice({ device, by }: { device: NonNullable<Row['device']>; by: string }) {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const place = [
    device.hospital_id === by ? '' : hospital(device.hospital_id),
    named({ name: device.venue, name_en: device.venue_en }),
    device.name,
  ]
  return (
    <div className="secondary small">
      {t('audit.at_device', { device: place.filter(Boolean).join(' · ') })}
    </div>
  )
}

function Of({ patient }: { patient: NonNullable<Row['patient']> }) {
  const { name } = usePatientWords()
  return <Link to={paths.audit({ patient: patient.id })}>{name(patient)}</Link>
}
