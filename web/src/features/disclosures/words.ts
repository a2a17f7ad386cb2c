/** How rows of the audit log are written. */
import type { i18n as I18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import type { Row } from './queries'
import type { Shift } from './shifts'
import { DAY, EMPTY, HOSPITALS, MOMENT, namesOf, wordOf } from './values'

/** The first of these keys that has a word, or else the raw one. */
const first = (i18n: I18n, keys: readonly (string | undefined)[], raw: string): string => {
  const found = keys.find((key) => key && i18n.exists(key))
  return found ? i18n.t(found as never) : raw
}

export function useAuditWords() {
  const { t, i18n } = useTranslation()
  const change = useChangeWords()
  return {
    /** What was done: 人员：修改 */
    action: ({ action }: Row): string => {
      const [what = '', verb = ''] = action.split('.')
      return `${first(i18n, [`audit.what.${what}`], what)}${t('audit.colon')}${first(i18n, [`audit.verb.${verb}`], verb)}`
    },
    /** As what it was read, and whether it was refused. */
    purpose: ({ purpose, outcome }: Row): string => {
      const word = purpose ? t(`audit.purpose.${purpose}`) : ''
      return outcome === 'ok' ? word : `${word}（${t('audit.refused')}）`
    },
    change,
  }
}

/** How the fields that were changed and their values are written. */
function useChangeWords() {
  const { hospital, named } = usePeopleWords()
  const { date, dateTime } = useFormat()
  const { t, i18n } = useTranslation()
  return ({ action, names }: Row) => {
    const [what = ''] = action.split('.')
    const field = (name: string): string =>
      DAY.test(name) ? date(name) : first(i18n, namesOf(what, name), name)
    const word = (name: string, raw: string): string => {
      if (HOSPITALS.has(name)) return hospital(raw)
      const mentioned = names[raw]
      if (mentioned) return named(mentioned)
      if (MOMENT.test(raw)) return dateTime(raw)
      if (DAY.test(raw)) return date(raw)
      return first(i18n, [wordOf(what, name, raw)], raw)
    }
    /** `of_field`: the field that has it, whose words are shown as the pages show them. */
    const value = (of: unknown, of_field = ''): string => {
      if (of === null || of === undefined || of === '')
        return first(i18n, [EMPTY[`${what}.${of_field}`]], t('audit.empty'))
      if (typeof of === 'boolean') return t(of ? 'audit.yes' : 'audit.no')
      if (of_field === 'fen') return String(Number(of) / 100)
      if (Array.isArray(of))
        return of.length
          ? of.map((each) => value(each, of_field)).join(t('audit.semicolon'))
          : t('audit.empty')
      if (typeof of !== 'object') return word(of_field, String(of))
      return Object.entries(of)
        .filter(([, each]) => each !== null && each !== '')
        .map(([name, each]) => `${field(name)} ${value(each, name)}`)
        .join(t('audit.comma'))
    }
    /** 叶夏至，2026/11/28 08:00 至 18:00，第 1 顺位 */
    const shift = ({ staff_id, starts, ends, place, note }: Shift): string =>
      [
        word('staff_id', staff_id),
        t('staff.period', { from: dateTime(starts), until: dateTime(ends) }),
        t('rosters.place', { n: place }),
        note,
      ]
        .filter(Boolean)
        .join(t('audit.comma'))
    return { field, value, shift }
  }
}
