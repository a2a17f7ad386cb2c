/** How rows of the audit log are written. */
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../kit/people'
import type { Row } from './queries'

/** Where the words of a field stand. */
const WORDS: Readonly<Record<string, string>> = {
  roles: 'role',
  role: 'role',
  proposed_roles: 'role',
  refused: 'role',
  title: 'title',
  licence_category: 'staff.category',
}

export function useAuditWords() {
  const { hospital, named } = usePeopleWords()
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
    /** How the fields that were changed and their values are written. */
    change: ({ action, names }: Row) => {
      const [what = ''] = action.split('.')
      // A number is a staff number in one place and a licence's in another.
      const field = (name: string): string =>
        known(`audit.field_of.${what}.${name}`, known(`audit.field.${name}`, name))
      const word = (name: string, raw: string): string => {
        if (name === 'hospital_id') return hospital(raw)
        const mentioned = names[raw]
        if (mentioned) return named(mentioned)
        return name in WORDS ? known(`${WORDS[name]}.${raw}`, raw) : raw
      }
      /** `of_field`: the field that has it, whose words are shown as the pages show them. */
      const value = (of: unknown, of_field = ''): string => {
        if (of === null || of === undefined || of === '') return t('audit.empty')
        if (typeof of === 'boolean') return t(of ? 'audit.yes' : 'audit.no')
        if (Array.isArray(of))
          return of.length ? of.map((each) => value(each, of_field)).join('；') : t('audit.empty')
        if (typeof of !== 'object') return word(of_field, String(of))
        return Object.entries(of)
          .filter(([, each]) => each !== null && each !== '')
          .map(([name, each]) => `${field(name)} ${value(each, name)}`)
          .join('，')
      }
      return { field, value }
    },
  }
}
