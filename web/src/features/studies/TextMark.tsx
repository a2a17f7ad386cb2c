/** Beside a name: that the archive read the text in another character set than the file says, or in none. */
import { useTranslation } from 'react-i18next'
import type { Study } from './checkQueries'

type Props = { study: Pick<Study, 'text_reading' | 'charset_label'> }

export function TextMark({ study }: Props) {
  const { t } = useTranslation()
  const { text_reading: reading, charset_label: label } = study
  if (reading === 'as_labelled') return null
  const words = label
    ? t(`studies.study.${reading}_from`, { label })
    : t(`studies.study.${reading}`)
  return <span className={reading === 'repaired' ? 'secondary small' : 'late small'}>{words}</span>
}
