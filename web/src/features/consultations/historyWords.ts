/** The log of a consultation in words, newest first. */
import { useTranslation } from 'react-i18next'
import { useReasonWords } from '../../consultation/reasonWords'
import { type Consultation, wordOr } from '../../consultation/view'
import { usePeopleWords } from '../../kit/people'
import type { Entry } from './History'
import { useKnownPeople } from './useKnownPeople'

export function useHistoryWords(c: Consultation): Entry[] {
  const { t, i18n } = useTranslation()
  const { named } = usePeopleWords()
  const reasonWords = useReasonWords()
  const exists = (key: string) => i18n.exists(key)
  const known = useKnownPeople(c)
  /** A file added says which; what was cancelled, declined or returned says why. */
  const what = (type: string, data: Record<string, unknown>): string => {
    const words = wordOr(t, exists, `events.${type}`, t('events.other'))
    const said = [
      data.checklist ? wordOr(t, exists, `missing.checklist.${data.checklist}`, '') : '',
      data.title,
      data.code ?? data.reason,
    ]
    const found = said.find((one) => typeof one === 'string' && one)
    const detail = typeof found === 'string' ? reasonWords(found) : ''
    return detail ? `${words}${t('state.after_colon')}${detail}` : words
  }
  return c.history
    .map(({ id, type, occurred_at, recorded_at, actor_name, actor_name_en, data }) => {
      const about = typeof data.staff_id === 'string' ? known.get(data.staff_id) : undefined
      return {
        id,
        at: occurred_at,
        recorded_at,
        what: what(type, data),
        who: named(about ?? { name: actor_name, name_en: actor_name_en }) || t('events.system'),
      }
    })
    .reverse()
}
