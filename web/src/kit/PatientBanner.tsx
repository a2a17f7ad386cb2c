/** The patient of the page; always visible (design.md, rule 11). */
import { WarningOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './PatientBanner.module.css'
import { usePatientWords } from './patient'
import type { PatientIdentity } from './types'

type Props = { patient: PatientIdentity; link?: ReactNode; extra?: ReactNode }

export function PatientBanner({ patient, link, extra }: Props) {
  const { t } = useTranslation()
  const words = usePatientWords()
  return (
    <section className={css.banner} aria-label={t('patient.banner')}>
      <div className={css.line}>
        <b className={css.name}>{words.name(patient)}</b>
        <span>{words.sex(patient.sex)}</span>
        <span>
          {patient.birth_date
            ? t('patient.born', { age: words.age(patient), date: patient.birth_date })
            : words.age(patient)}
        </span>
        {patient.number && <span>{words.number(patient.number)}</span>}
        <span>{words.place(patient.place)}</span>
        <b className={patient.allergy === 'known' ? css.danger : undefined}>
          {patient.allergy === 'known' && <WarningOutlined aria-hidden />}{' '}
          {words.allergy(patient.allergy, patient.allergy_text)}
        </b>
        {patient.critical && <b className={css.critical}>{t('patient.critical')}</b>}
        {patient.isolation && <b className={css.critical}>{t('patient.isolation')}</b>}
        {link}
        {extra && <span className={`secondary small push ${css.extra}`}>{extra}</span>}
      </div>
    </section>
  )
}
