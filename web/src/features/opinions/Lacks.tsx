/** What an opinion still lacks, in words. */
import { useTranslation } from 'react-i18next'
import { lacksOf } from './content'
import css from './opinions.module.css'
import type { Content } from './queries'

const WHOLE = ['analysis', 'diagnosis', 'advice'] as const
const FIELDS = ['text', 'owner', 'due'] as const

export function Lacks({ missing, content }: { missing: readonly string[]; content: Content }) {
  const { t } = useTranslation()
  const words = lacksOf(missing, content).flatMap(({ what, n, fields }) => {
    const number = String(n ?? '')
    if (what === 'key_images') return [t('opinions.lacks.side', { n: number })]
    if (what !== 'rows')
      return WHOLE.filter((each) => each === what).map((each) => t(`opinions.lacks.${each}`))
    const named = FIELDS.filter((each) => fields.includes(each)).map((each) =>
      t(`opinions.lacks.field.${each}`),
    )
    return [t('opinions.lacks.row', { n: number, fields: named.join(t('state.comma')) })]
  })
  return (
    <p className={css.lacks} role="alert">
      {t('opinions.missing', { what: words.join(t('state.comma')) })}
    </p>
  )
}
