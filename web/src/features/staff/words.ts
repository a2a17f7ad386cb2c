/** How a person's licence and registrations stand, and since when they practise. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import type { Tone } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { siteDay } from '../../zone'
import { departmentsQuery, type Person, type Registration } from './queries'

const DAY = 86_400_000
const WARNED = 60
/** Titles of people who need no doctor's licence. */
const WITHOUT: readonly Person['title'][] = ['technician', 'administrator']

export const needsLicence = ({ title }: Pick<Person, 'title'>) => !WITHOUT.includes(title)

/** Whole days from today until the last day of it; negative once it has ended. */
export const daysLeft = (until: string): number =>
  Math.round((Date.parse(until) - Date.parse(siteDay(serverNow()))) / DAY)

export const yearsSince = (month: string): number => {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const [this_year = 0, this_month = 0] = siteDay(serverNow()).split('-').map(Number)
  return this_year - year - (this_month < of ? 1 : 0)
}

export type Standing = { tone: Tone; text: string; class_: string }

export function useStandings() {
  const { t } = useTranslation()
  return ({ valid_until }: Pick<Registration, 'valid_until'>): Standing => {
    const left = daysLeft(valid_until)
    if (left < 0)
      return { tone: 'stat', class_: 'late', text: t('staff.ended', { n: String(-left) }) }
    if (left < WARNED)
      return { tone: 'urgent', class_: 'soon', text: t('staff.left', { n: String(left) }) }
    return { tone: 'done', class_: '', text: t('staff.until', { date: valid_until }) }
  }
}

export function useStaffWords() {
  const { t } = useTranslation()
  const { date } = useFormat()
  const people = usePeopleWords()
  return {
    date,
    hospital: people.hospital,
    named: people.named,
    roles: (person: Person) =>
      person.roles.map((role) => t(`role.${role}`)).join(t('staff.between')),
  }
}

export type RowWords = ReturnType<typeof useRowWords>

/** All that rows of the list say, once for the table. */
export function useRowWords() {
  const { t } = useTranslation()
  const { day, time } = useFormat()
  const { hospitals } = useSession()
  const { data } = useQuery(departmentsQuery(''))
  const words = useStaffWords()
  const standing = useStandings()
  const departments = new Map(data?.items.map((one) => [one.id, words.named(one)]))
  const department = (id: string | null) => (id && departments.get(id)) || '–'
  return { ...words, t, day, time, hospitals, department, standing }
}
