/** How rows of the audit log are written. */
import { useTranslation } from 'react-i18next'
import type { Row } from './queries'

export function useAuditWords() {
  const { t, i18n } = useTranslation()
  const known = (key: string, raw: string): string =>
    i18n.exists(key) ? i18n.t(key as never) : raw
  return {
    /** What was done: 人员：修改 */
    action: ({ action }: Row): string => {
      const [what = '', verb = ''] = action.split('.')
      return `${known(`audit.what.${what}`, what)}${t('audit.colon')}${known(`audit.verb.${verb}`, verb)}`
    },
    /** As what it was read, and whether it was refused. */
    purpose: ({ purpose, outcome }: Row): string => {
      const word = purpose ? t(`audit.purpose.${purpose}`) : ''
      return outcome === 'ok' ? word : `${word}（${t('audit.refused')}）`
    },
    field: (name: string) => known(`audit.field.${name}`, name),
    value: (value: unknown): string => {
      if (value === null || value === undefined || value === '') return t('audit.empty')
      if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
    },
  }
}
