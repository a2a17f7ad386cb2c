/** What the home page says of a recurring time that could not be booked: which one, and what is in its way. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import type { Work } from './view'

type Named = { name: string; name_en: string }
type Clash = Schemas['Clash']
type Limit = Schemas['LimitOut']
/** As the server says it: of what is in the way the first, and `more` of the same kind. */
type Note = {
  kind: Clash['kind']
  title: string
  starts: string
  others: number
  more?: number
  clash?: Clash
  limit?: Limit
  left?: Named
  nothing_left?: true
  not_covered?: true
}

export function useBookTimeWords(): (note: Work['note']) => { who: string; text: string } {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const why = useWhy()
  return (said) => {
    const note = said as Note
    const others = note.others > 0 && t('home.book_time.others', { n: String(note.others) })
    return {
      who: note.title || t(`taken.kind.${note.kind}`),
      text: [t('home.book_time.at', { at: moment(note.starts), why: why(note) }), others]
        .filter(Boolean)
        .join(' · '),
    }
  }
}

function useWhy(): (note: Note) => string {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const first = ({ clash, limit, left, nothing_left, not_covered }: Note): string => {
    if (clash) {
      const what = clash.untitled ? t('taken.untitled') : t(`taken.kind.${clash.kind}`)
      return t('home.book_time.clash', { name: named(clash), what })
    }
    if (limit)
      return t(`home.book_time.limit.${limit.limit}`, {
        name: named(limit),
        minutes: String(limit.minutes),
      })
    if (left) return t('home.book_time.left', { name: named(left) })
    if (nothing_left) return t('home.book_time.nothing_left')
    return t(not_covered ? 'home.book_time.not_covered' : 'home.book_time.other')
  }
  return (note) =>
    note.more
      ? t('home.book_time.more', { why: first(note), n: String(note.more + 1) })
      : first(note)
}
