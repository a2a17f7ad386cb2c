/** A note in the queue: whose, of which round, what waits, and until when. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import type { NoteRow } from './queries'

type Props = { row: NoteRow; current: boolean; onChoose: () => void }

export function Row({ row, current, onChoose }: Props) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { name } = usePatientWords()
  const { named } = usePeopleWords()
  const late = row.due_at !== null && Date.parse(row.due_at) < serverNow()
  return (
    <li>
      <button type="button" aria-current={current} onClick={onChoose}>
        <b>
          {t('rounds_notes.bed', { bed: row.bed })} {row.patient && name(row.patient)}
        </b>
        <span className="secondary small">
          {named({ name: row.ward, name_en: row.ward_en })} · {dateTime(row.round_at)}
          {row.author && ` · ${named(row.author)}`}
        </span>
        <span className="small">
          {row.signed_as
            ? t(`rounds.signed_as.${row.signed_as}`)
            : t(`rounds_notes.waits.${row.waits}`)}
          {row.due_at && (
            <span className={late ? 'late' : 'secondary'}>
              {' '}
              {t(late ? 'rounds_notes.was_due' : 'rounds_notes.due', { at: dateTime(row.due_at) })}
            </span>
          )}
        </span>
      </button>
    </li>
  )
}
