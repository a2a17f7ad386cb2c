/** How lines, people and changes are named when a time is found. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { departmentsQuery } from '../../../consultation/queries'
import { leadPart } from '../parts'
import { spanOf } from '../week'
import { useBookingWords, useTimeWords } from '../words'
import {
  type Answer,
  type Found,
  isExpert,
  type Line,
  type Question,
  type Relaxation,
} from './question'

/** The names of lines, and of the people and rooms that an answer names. */
function useLineWords(answer: Answer | undefined, lines: readonly Line[], mdt: boolean) {
  const { t } = useTranslation()
  const { named, hospital, about } = useBookingWords()
  const departments = useQuery(departmentsQuery()).data ?? []
  const known = new Map(answer?.resources.map((one) => [one.id, one]))
  const name = (id: string) => {
    const one = known.get(id)
    return one ? named(one) : '…'
  }
  const names = (ids: readonly string[]) => ids.map(name).join(t('scheduling.find.and'))
  const specialty = (word: string, of: string | null) => {
    const found = departments.find(
      (one) => one.specialty === word && (of === null || one.hospital_id === of),
    )
    return found ? named(found) : word
  }

  /** The name of a line. */
  const lineName = (one: Line): string => {
    if (one.specialty)
      return t('scheduling.find.of_specialty', {
        name: specialty(one.specialty, one.hospital_id),
        n: String(one.count),
      })
    if (one.venues_of) return t('scheduling.find.any_room', { hospital: hospital(one.venues_of) })
    const ids = [...one.people, ...one.venues]
    return ids.length > 1 ? t('scheduling.find.any_of', { names: names(ids) }) : names(ids)
  }
  const part = (one: Line) => {
    if (one.key === 'lead') return t(`scheduling.${leadPart({ mdt })}`)
    if (one.key === 'accompanying') return t('scheduling.accompanying')
    return mdt && isExpert(one) ? t('scheduling.section') : ''
  }
  /** Its second line: who the candidates are, or what this one is. */
  const lineAbout = (one: Line): string => {
    const candidates = answer?.lines.find(({ key }) => key === one.key)?.candidates ?? []
    const own = [...one.people, ...one.venues]
    const single = own.length === 1 ? known.get(own[0] ?? '') : undefined
    const rank = single?.title ? t(`title.${single.title}`) : ''
    const least = one.title ? t('scheduling.find.or_above', { title: t(`title.${one.title}`) }) : ''
    const some =
      own.length === 1
        ? ''
        : candidates.length > 3
          ? t('scheduling.find.candidates', { n: String(candidates.length) })
          : names(candidates)
    return [part(one), rank, single ? about(single) : '', least, some].filter(Boolean).join(' · ')
  }
  const keyName = (key: string) => {
    const found = lines.find((one) => one.key === key)
    return found ? lineName(found) : ''
  }

  /** Whether the line's expert signs a section, for which the chair waits while they are required. */
  const signs = (key: string) => mdt && lines.some((one) => one.key === key && isExpert(one))

  return { name, names, lineName, lineAbout, keyName, signs }
}

export function useFindWords(
  zone: string,
  answer: Answer | undefined,
  { lines }: Question,
  mdt: boolean,
) {
  const { t } = useTranslation()
  const { what } = useBookingWords()
  const { span, day, times, during, clock, weekdayShort } = useTimeWords(zone)
  const called = useLineWords(answer, lines, mdt)
  const { names, keyName, signs } = called

  /** What changes, in a few words. */
  const change = (one: Relaxation): string => {
    const of = keyName(one.line)
    switch (one.change) {
      case 'instead':
        return t('scheduling.find.change.instead', { of, by: names(one.instead) })
      case 'shorter':
        return t('scheduling.find.change.shorter', { n: String(one.minutes) })
      case 'in_two':
        return t('scheduling.find.change.in_two', {
          of,
          second: one.second ? span(spanOf(one.second)) : '',
        })
      case 'left_out':
        return signs(one.line)
          ? t('scheduling.mdt.left_out', { of })
          : t('scheduling.find.change.left_out', { of })
      default:
        return t(`scheduling.find.change.${one.change}`)
    }
  }
  const who = ({ who: some }: Found) => names(some.flatMap(({ resources }) => resources))
  return { ...called, t, change, who, span, day, times, during, clock, weekdayShort, what }
}

export type FindWords = ReturnType<typeof useFindWords>
