/** One person in the list: name and number, where, as what, licence, registrations, next duty. */
import { CheckOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import { departmentsQuery, type Person } from './queries'
import css from './staff.module.css'
import { needsLicence, useStaffWords, useStandings } from './words'

type Props = { person: Schemas['StaffListed']; open: boolean; pick: ReactNode; onOpen: () => void }

export function StaffRow({ person, open, pick, onOpen }: Props) {
  const { t } = useTranslation()
  const words = useStaffWords()
  return (
    <li
      className={`${css.row} ${open ? css.open : ''} ${person.disabled_at ? css.off : ''}`}
      aria-current={open ? 'true' : undefined}
    >
      {pick}
      <button type="button" className={css.who} onClick={onOpen}>
        <span className={css.avatar} aria-hidden>
          {person.name.slice(0, 1)}
        </span>
        <b>{words.named(person)}</b>
        <span className="secondary small">{person.number}</span>
      </button>
      <span className={css.place}>
        {words.hospital(person.hospital_id)}
        <DepartmentName person={person} />
      </span>
      <span className={css.post}>
        {t(`title.${person.title}`)}
        <span className="secondary small">{words.roles(person)}</span>
        {person.proposals.length > 0 && (
          <span className="soon small">
            {t('staff.waiting', { n: String(person.proposals.length) })}
          </span>
        )}
      </span>
      <Licence person={person} />
      <Registered person={person} />
      <OnDuty duty={person.duty} />
    </li>
  )
}

function DepartmentName({ person }: { person: Person }) {
  const { named } = useStaffWords()
  const { data } = useQuery(departmentsQuery(''))
  const found = data?.items.find(({ id }) => id === person.department_id)
  return <span className="secondary small">{found ? named(found) : '–'}</span>
}

function Licence({ person }: { person: Person }) {
  const { t } = useTranslation()
  const { licence, licence_checked_on: checked } = person
  if (!needsLicence(person)) return <span className="secondary">{t('staff.not_needed')}</span>
  if (!licence) return <span className="secondary">{t('staff.no_licence')}</span>
  return (
    <span className={css.licence}>
      {checked ? (
        <span>
          <CheckOutlined className={css.ok ?? ''} aria-hidden /> {t('staff.checked')}
        </span>
      ) : (
        <span className="soon">{t('staff.unchecked')}</span>
      )}
      <span className="secondary small">{checked ?? licence}</span>
    </span>
  )
}

function OnDuty({ duty }: { duty: Schemas['StaffListed']['duty'] }) {
  const { t } = useTranslation()
  const { day, time } = useFormat()
  if (!duty) return <span className="secondary">–</span>
  const at = Date.parse(duty.starts)
  return (
    <span className={css.duty}>
      {at <= serverNow() ? t('staff.on_duty') : `${day(at)} ${time(duty.starts)}`}
      <span className="secondary small">{t('staff.duty_place', { n: String(duty.place) })}</span>
    </span>
  )
}

/** The registration that ends first says how it stands. */
function Registered({ person }: { person: Person }) {
  const { t } = useTranslation()
  const { date, hospital } = useStaffWords()
  const standing = useStandings()
  const { hospitals } = useSession()
  if (person.disabled_at)
    return (
      <span className="secondary">
        {t('staff.disabled_on', { date: date(person.disabled_at) })}
      </span>
    )
  const [first] = person.registrations
  if (!first) {
    const branch = hospitals.find(({ id }) => id === person.hospital_id)?.kind === 'branch'
    const words = branch && needsLicence(person) ? 'staff.at_home' : 'staff.not_needed'
    const lacks = !branch && person.roles.includes('expert')
    return <span className="secondary">{lacks ? '–' : t(words)}</span>
  }
  const { tone, text, class_ } = standing(first)
  const names =
    tone === 'done'
      ? person.registrations.map((one) => hospital(one.hospital_id)).join(t('state.comma'))
      : `${hospital(first.hospital_id)} ${first.valid_until}`
  return (
    <span className={css.registered}>
      <span className={class_}>{names}</span>
      <Pill tone={tone}>{text}</Pill>
    </span>
  )
}
