/** What the caller says: the patient, the question with the vital signs, what has been done. */
import { WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { type Consultation, identityOf, requestOf } from '../../../consultation/view'
import { useFormat } from '../../../i18n/format'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import type { PatientIdentity } from '../../../kit/types'
import { type Measure, useVitalWords } from '../../../kit/vitals'
import { placeOf } from '../view'
import css from './told.module.css'

type Props = {
  call: Schemas['RingingOut']
  /** Not yet read in the first moment. */
  consultation: Consultation | undefined
}

function useIdentity({ call, consultation: c }: Props): PatientIdentity | null {
  const { hospital } = usePeopleWords()
  if (c?.patient) return identityOf(c.patient, c.content, hospital, c.department_en)
  return call.patient && { ...call.patient, number: null, place: placeOf(call.place, hospital) }
}

export function PatientCard(props: Props) {
  const { t } = useTranslation()
  const words = usePatientWords()
  const patient = useIdentity(props)
  if (!patient)
    return (
      <section className={css.card} aria-label={t('patient.banner')}>
        <b>{t('home.no_patient')}</b>
      </section>
    )
  return (
    <section className={`${css.card} ${css.patient}`} aria-label={t('patient.banner')}>
      <p>
        <b className={css.name}>{words.name(patient)}</b>
        <span>{words.sex(patient.sex)}</span>
        <span>
          {patient.birth_date
            ? t('patient.born', { age: words.age(patient), date: patient.birth_date })
            : words.age(patient)}
        </span>
        {patient.critical && <b className={css.critical}>{t('patient.critical')}</b>}
        {patient.isolation && <b className={css.critical}>{t('patient.isolation')}</b>}
      </p>
      <p className="secondary">
        {patient.number && <span>{words.number(patient.number)}</span>}
        <span>{words.place(patient.place)}</span>
        <b className={patient.allergy === 'none' ? css.quiet : css.allergy}>
          {patient.allergy !== 'none' && <WarningOutlined aria-hidden />}{' '}
          {words.allergy(patient.allergy, patient.allergy_text)}
        </b>
      </p>
    </section>
  )
}

/** What a chart has first; weight and height can wait. */
const LATER: ReadonlySet<Measure['code']> = new Set(['weight', 'height'])
const MOST_VITALS = 6

export function QuestionCard({ call, consultation: c }: Props) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const vital = useVitalWords()
  const request = c && requestOf(c.content)
  const vitals = (request?.vitals ?? [])
    .map(vital)
    .filter(({ code }) => !LATER.has(code))
    .slice(0, MOST_VITALS)
  return (
    <section
      className={`${css.card} ${css.question}`}
      aria-label={t('consultation.purpose')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long question scrolls
      tabIndex={0}
    >
      <p className="secondary">{t('consultation.purpose')}</p>
      <p className={css.asked}>{call.question || call.title}</p>
      {vitals.length > 0 && (
        <div className={css.measured}>
          <dl className={css.vitals}>
            {vitals.map(({ name, value, unit, flag }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className={flag ? css.flagged : undefined}>
                  <b>{value}</b> {unit}
                  {flag && <span className="small"> {t(`consultation.flag.${flag}`)}</span>}
                </dd>
              </div>
            ))}
          </dl>
          {request?.vitals_at && (
            <p className="secondary">
              {t('consultation.measured', { at: moment(request.vitals_at) })}
            </p>
          )}
        </div>
      )}
    </section>
  )
}

const TREATED = ['diagnosis', 'treatment', 'medicines'] as const

/** Of what the branch has done, as far as there was time to write it. */
export function TreatedCard({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { content } = consultation
  const told = TREATED.filter((key) => content[key].trim())
  if (told.length === 0) return null
  return (
    <dl className={`${css.card} ${css.treated}`} tabIndex={0}>
      {told.map((key) => (
        <div key={key}>
          <dt className="secondary">{t(`consultation.${key}`)}</dt>
          <dd>{content[key]}</dd>
        </div>
      ))}
    </dl>
  )
}
