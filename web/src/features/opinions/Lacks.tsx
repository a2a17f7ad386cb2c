/** What an opinion still lacks, in words. */
import { useTranslation } from 'react-i18next'
import { lackOf } from './content'
import css from './opinions.module.css'
import type { Content } from './queries'

const KNOWN = ['analysis', 'diagnosis', 'advice', 'text', 'owner', 'due', 'side'] as const

export function Lacks({ missing, content }: { missing: readonly string[]; content: Content }) {
  const { t } = useTranslation()
  const words = missing.flatMap((word) => {
    const { what, n } = lackOf(word, content)
    const known = KNOWN.find((each) => each === what)
    return known ? [t(`opinions.lacks.${known}`, { n: String(n ?? '') })] : []
  })
  return (
    <p className={css.lacks} role="alert">
      {t('opinions.missing', { what: words.join(t('state.comma')) })}
    </p>
  )
}
