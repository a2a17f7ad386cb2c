/** One person in the list: name and number, where, as what, licence, registrations, next duty. */
import { CheckOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { Pill } from '../../kit/Pill'
import css from './staff.module.css'
import { needsLicence, type RowWords } from './words'

type Listed = Schemas['StaffListed']
type Props = {
  person: Listed
  open: boolean
  pick: ReactNode
  onOpen: () => void
  /** Of the table: fifty rows that each asked for their own would take half of the page's time. */
  words: RowWords
}
type Part = { person: Listed; words: RowWords }

export function StaffRow({ person, open, pick, onOpen, words }: Props) {
  const { t } = words
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
        <span className="secondary small">{words.department(person.department_id)}</span>
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
      <Licence person={person} words={words} />
      <Registered person={person} words={words} />
      <OnDuty person={person} words={words} />
    </li>
  )
}

function Licence({ person, words: { t } }: Part) {
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

function OnDuty({ person: { duty }, words: { t, day, time } }: Part) {
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
function Registered({ person, words }: Part) {
  const { t, date, hospital, hospitals, standing } = words
  if (person.disabled_at)
    return (
      <span className="secondary">
        {t('staff.disabled_on', { date: date(person.disabled_at) })}
      </span>
    )
  const [first] = person.registrations
  if (!first) {
    const branch = hospitals.find(({ id }) => id === person.hospital_id)?.kind === 'branch'
    const why = branch && needsLicence(person) ? 'staff.at_home' : 'staff.not_needed'
    const lacks = !branch && person.roles.includes('expert')
    return <span className="secondary">{lacks ? '–' : t(why)}</span>
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
