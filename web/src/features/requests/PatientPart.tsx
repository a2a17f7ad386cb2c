/** The patient and their bed: found by number or name, or typed by hand. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberOf } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Field } from '../../kit/Field'
import { useDraft } from './draft'
import { filledFrom, named } from './fill'
import type { Patient } from './form'
import { NumberField } from './NumberField'
import { Part } from './Part'
import { PatientDialog } from './PatientDialog'
import { PatientFind } from './PatientFind'
import css from './requests.module.css'
import { fieldId } from './sections'
import { useMissingWords } from './words'

const PLACES = ['department', 'ward', 'bed', 'attending', 'attending_phone'] as const
const LONGEST = 200
/** What a request needs of the patient's record, which the dialog alone has fields for. */
const OF_RECORD = ['patient_number', 'patient_age', 'allergy'] as const

export function PatientPart() {
  const { t } = useTranslation()
  const { row, name, fixed, refresh } = useDraft()
  const [editing, setEditing] = useState(false)
  const [number, setNumber] = useState('')
  const { patient } = row
  // The server refuses another patient once papers are filed.
  const filed = row.case_id !== null
  const choose = (chosen: Patient) => name((now) => named(chosen, now))
  return (
    <Part
      section="patient"
      title={t('requests.begin.number')}
      extra={
        <Button size="small" type="link" disabled={fixed} onClick={() => setEditing(true)}>
          {patient ? t('requests.patient.edit') : t('requests.begin.by_hand')}
        </Button>
      }
    >
      <div className={css.stack} id={fieldId('patient')}>
        <NumberField
          bare
          key={patient?.id ?? 'none'}
          first={patient ? (numberOf(patient)?.value ?? '') : ''}
          disabled={fixed || filed}
          hint={filed && !fixed ? t('requests.patient.filed') : null}
          onFound={(found) => name((now) => filledFrom(found, now))}
          onType={setNumber}
        />
        {patient && <LackingOfRecord disabled={fixed} onEdit={() => setEditing(true)} />}
        {!patient && <PatientFind onChoose={choose} />}
      </div>
      {editing && (
        <PatientDialog
          patient={patient}
          number={number}
          onClose={() => setEditing(false)}
          onKept={async (kept) => {
            setEditing(false)
            if (patient) await refresh()
            else choose(kept)
          }}
        />
      )}
    </Part>
  )
}

/** A button for each thing that the record lacks, where the list of parts leads to. */
function LackingOfRecord({ disabled, onEdit }: { disabled: boolean; onEdit: () => void }) {
  const { t } = useTranslation()
  const { missing } = useDraft()
  const words = useMissingWords()
  const lacking = OF_RECORD.filter((word) => missing.includes(word))
  if (lacking.length === 0) return null
  return (
    <div className={css.row}>
      {lacking.map((word) => (
        <Button
          key={word}
          // The number has a field of its own above.
          {...(word === 'patient_number' ? {} : { id: fieldId(word) })}
          danger
          size="small"
          disabled={disabled}
          onClick={onEdit}
        >
          {t('requests.part_lacks', { n: words.one(word) })}
        </Button>
      ))}
    </div>
  )
}

/** The patient's bed and attending doctor. */
export function PlaceFields() {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const separator = i18n.language === 'en' ? ', ' : '、'
  const { row, type, missing, fixed } = useDraft()
  const words = useMissingWords()
  const from = PLACES.filter((name) => row.content.filled?.[name])
  const source = from[0] ? row.content.filled?.[from[0]] : undefined
  return (
    <div className={css.places}>
      {PLACES.map((name) => (
        <Field
          key={name}
          label={t(`requests.place.${name}`)}
          required={row.urgency !== 'stat' || name === 'ward'}
        >
          {(ids) => (
            <Input
              {...ids}
              id={fieldId(name)}
              aria-label={t(`requests.place.${name}`)}
              maxLength={LONGEST}
              disabled={fixed}
              value={row.content[name]}
              {...(missing.includes(name) ? { status: 'warning' as const } : {})}
              {...(name === 'attending_phone' ? { inputMode: 'tel' as const } : {})}
              onChange={(event) => type(name, event.target.value)}
            />
          )}
        </Field>
      ))}
      {source && (
        <p className={`secondary small ${css.from}`}>
          {t('requests.place.from', {
            fields: from.map((name) => t(`requests.place.${name}`)).join(separator),
            source: words.source(source.source),
            at: moment(source.at),
          })}
        </p>
      )}
    </div>
  )
}
