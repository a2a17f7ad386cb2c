/** The log of a consultation in words, newest first. */
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../kit/people'
import type { Entry } from './History'
import { useKnownPeople } from './useKnownPeople'
import { type Consultation, wordOr } from './view'

export function useHistoryWords(c: Consultation): Entry[] {
  const { t, i18n } = useTranslation()
  const { named } = usePeopleWords()
  const exists = (key: string) => i18n.exists(key)
  const known = useKnownPeople(c)
  /** A file added says which; what was cancelled, declined or returned says why. */
  const what = (kind: string, data: Record<string, unknown>): string => {
    const words = wordOr(t, exists, `events.${kind}`, t('events.other'))
    const code = typeof data.code === 'string' ? data.code : ''
    const group = kind === 'consultation.cancel' ? 'cancel_reasons' : 'decline_reasons'
    const coded = code && wordOr(t, exists, `acts.${group}.${code}`, code)
    const detail = [data.title, coded || data.reason].find((one) => typeof one === 'string' && one)
    return detail ? `${words}：${detail}` : words
  }
  return c.history
    .map(({ id, kind, at, recorded_at, by, by_name, data }) => {
      const about = typeof data.staff === 'string' ? known.get(data.staff) : undefined
      const person = about ?? (by ? known.get(by) : undefined)
      return {
        id,
        at,
        recorded_at,
        what: what(kind, data),
        who: person ? named(person) : by_name || t('events.system'),
      }
    })
    .reverse()
}
