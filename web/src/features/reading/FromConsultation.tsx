/** The consultation that a reading comes from, beside its images: what it asks, and the way to it. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths'
import css from './preview.module.css'
import type { Reading } from './queries'

type From = NonNullable<Reading['consultation']>
const TEXTS = ['purpose', 'diagnosis', 'history', 'past_history'] as const

export function FromConsultation({ from }: { from: From }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('reading.of_consultation.title')}>
      <h3>
        {from.number
          ? t('reading.of_consultation.number', { number: from.number })
          : t('reading.of_consultation.title')}
      </h3>
      {TEXTS.filter((name) => from[name].trim()).map((name) => (
        <p key={name} className={css.said}>
          <b>{t('state.labelled', { label: t(`reading.of_consultation.${name}`) })}</b>
          {from[name]}
        </p>
      ))}
      {from.tests.length > 0 && (
        <p>
          <b>{t('state.labelled', { label: t('reading.of_consultation.tests') })}</b>
          {from.tests.map(({ name, value, unit }) => `${name} ${value} ${unit}`.trim()).join('；')}
        </p>
      )}
      {from.may_open && (
        <Link className="target" to={paths.consultation(from.id)}>
          {t('reading.of_consultation.open')}
        </Link>
      )}
    </section>
  )
}
