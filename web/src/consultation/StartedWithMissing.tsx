/** What the meeting was started without, and the reason. */
import { useTranslation } from 'react-i18next'
import { Notice } from '../kit/Notice'
import { type Consultation, wordOr } from './view'

export function StartedWithMissing({ consultation: c }: { consultation: Consultation }) {
  const { t, i18n } = useTranslation()
  if (c.started_with_missing.length === 0) return null
  const exists = (key: string) => i18n.exists(key)
  const named = c.started_with_missing.map((item) =>
    item.startsWith('checklist.')
      ? t('consultation.lacks.paper', { name: wordOr(t, exists, `missing.${item}`, item) })
      : wordOr(t, exists, `consultation.lacks.${item}`, item),
  )
  return (
    <Notice tone="urgent">
      {t('consultation.started_anyway', {
        what: named.join(t('state.comma')),
        reason: c.missing_reason ?? '',
      })}
    </Notice>
  )
}
