/** How rows of the audit log are written. */
import { useTranslation } from 'react-i18next'
import type { Row } from './queries'

export function useAuditWords() {
  const { t, i18n } = useTranslation()
  const known = (key: string, raw: string): string =>
    i18n.exists(key) ? i18n.t(key as never) : raw
  const field = (name: string): string => known(`audit.field.${name}`, name)
  const value = (of: unknown): string => {
    if (of === null || of === undefined || of === '') return t('audit.empty')
    if (typeof of === 'boolean') return t(of ? 'audit.yes' : 'audit.no')
    if (Array.isArray(of)) return of.length ? of.map(value).join('；') : t('audit.empty')
    if (typeof of !== 'object') return String(of)
    return Object.entries(of)
      .filter(([, each]) => each !== null && each !== '')
      .map(([name, each]) => `${field(name)} ${value(each)}`)
      .join('，')
  }
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
    field,
    value,
  }
}
