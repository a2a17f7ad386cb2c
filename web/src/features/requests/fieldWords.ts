/** The label and value of a field of the request, as text. */
import { useTranslation } from 'react-i18next'
import { wordOr } from '../../consultation/view'
import { useVitalWords } from '../../kit/vitals'
import type { Measure } from './form'
import { measureText } from './measures'

const KEYS: Record<string, string> = {
  past_history: 'requests.summary.field.past_history',
  examination: 'requests.summary.field.examination',
  vitals_at: 'requests.summary.measured_at',
  tests_at: 'requests.summary.tested_at',
  expert_wanted: 'requests.wanted.expert',
  no_images: 'requests.section.images',
  images_from_radiographer: 'requests.section.images',
  studies: 'requests.section.images',
  patient_id: 'requests.section.patient',
  urgency: 'requests.section.urgency',
  mode: 'requests.way.mode',
  patient_present: 'requests.way.present',
  accompanying_id: 'requests.way.accompanying',
}
/** Fields with a choice, for which the label is enough. */
const CHOSEN = new Set(['specialty', 'title_wanted', ...Object.keys(KEYS)])
CHOSEN.delete('past_history')
CHOSEN.delete('examination')

const isMeasure = (value: unknown): value is Measure =>
  typeof value === 'object' && value !== null && 'name' in value && 'flag' in value

export function useValueText(): (field: string, value: unknown) => string {
  const { t } = useTranslation()
  const vital = useVitalWords()
  return (field, value) => {
    if (CHOSEN.has(field)) return ''
    if (typeof value === 'string') return value
    if (!Array.isArray(value) || !value.every(isMeasure)) return ''
    return measureText(field === 'vitals' ? value.map(vital) : value, t('state.semicolon'))
  }
}

export function useFieldName(): (field: string) => string {
  const { t, i18n } = useTranslation()
  return (field) => wordOr(t, (key) => i18n.exists(key), KEYS[field] ?? `missing.${field}`, field)
}
