/** How a critical finding is written. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { usePeopleWords } from '../../kit/people'
import type { FindingRow } from './queries'

export function useFindingWords() {
  const { i18n } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const word = ({ zh, en }: Schemas['WordOut']): string => (i18n.language === 'en' ? en : zh)
  return {
    word,
    /** 血肿量 30 mL */
    value: ({ asks, value, unit }: FindingRow): string =>
      [word(asks), word(value), unit].filter(Boolean).join(' '),
    place: ({ branch_id, department, department_en, ward, bed }: FindingRow): string =>
      [hospital(branch_id), ward || named({ name: department, name_en: department_en }), bed]
        .filter(Boolean)
        .join(' '),
  }
}
