/** How rosters and times of duty are written. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import type { Role } from '../api/session'
import { useFormat } from '../i18n/format'
import { usePeopleWords } from './people'

type Subject = Pick<Schemas['Subject'], 'kind' | 'subject' | 'name' | 'name_en'>

export function useRosterWords() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { moment, time } = useFormat()
  const title = (of: Subject): string => {
    if (of.kind === 'role') return t(`role.${of.subject as Role}`)
    return of.kind === 'specialty' ? t('rosters.experts_of', { name: named(of) }) : named(of)
  }
  /** 18:00–08:00, or with the day where it is not today. */
  const span = ({ start, end }: { start: number; end: number }) => {
    const [from, to] = [new Date(start).toISOString(), new Date(end).toISOString()]
    return `${moment(from)}–${end - start < 24 * 60 * 60_000 ? time(to) : moment(to)}`
  }
  return { title, span }
}
