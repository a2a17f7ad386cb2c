/** 多机构执业备案 of a person: how each stands, renewing one, adding a hospital. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { Pill } from '../../kit/Pill'
import drawer from './drawer.module.css'
import type { Person, Registration } from './queries'
import { RegistrationFile } from './RegistrationFile'
import { type Entering, RegistrationForm, renewing } from './RegistrationForm'
import css from './staff.module.css'
import { needsLicence, useStaffWords, useStandings } from './words'

type Props = { person: Person; onUnsaved: (unsaved: boolean) => void }

export function Registrations({ person, onUnsaved }: Props) {
  const { t } = useTranslation()
  const { hospitals } = useSession()
  const [entering, setEntering] = useState<Entering | null>(null)
  // Nobody is registered at their own hospital, and who works at a branch is consulted nowhere else.
  const branches = hospitals.filter(
    ({ id, kind }) => kind === 'branch' && id !== person.hospital_id,
  )
  const atHub = hospitals.some(({ id, kind }) => kind === 'hub' && id === person.hospital_id)
  if (!atHub || !needsLicence(person) || branches.length === 0) return null
  const add = () =>
    setEntering({ hospital_id: branches[0]?.id ?? '', number: '', valid_from: '', valid_until: '' })
  return (
    <section className={css.part} aria-label={t('staff.registrations')}>
      <header>
        <h3>{t('staff.registrations')}</h3>
        {person.may_edit && !entering && (
          <Button type="link" onClick={add}>
            + {t('staff.add_hospital')}
          </Button>
        )}
      </header>
      {person.registrations.length === 0 && !entering && (
        <p className="secondary small">{t('staff.registrations_none')}</p>
      )}
      {person.registrations.length > 0 && (
        <div className={css.box}>
          {person.registrations.map((one) => (
            <Line
              key={one.id}
              registration={one}
              person={person}
              onRenew={person.may_edit && !entering ? () => setEntering(renewing(one)) : null}
            />
          ))}
        </div>
      )}
      {person.registrations.map((one) => (
        <Consequence key={one.id} registration={one} />
      ))}
      {entering && (
        <RegistrationForm
          staffId={person.id}
          begun={entering}
          branches={branches.map(({ id }) => id)}
          onClose={() => setEntering(null)}
          onUnsaved={onUnsaved}
        />
      )}
    </section>
  )
}

function Line({
  person,
  registration,
  onRenew,
}: {
  person: Person
  registration: Registration
  onRenew: (() => void) | null
}) {
  const { t } = useTranslation()
  const words = useStaffWords()
  const { tone, text, class_ } = useStandings()(registration)
  return (
    <div className={css.line}>
      <b>{words.hospital(registration.hospital_id)}</b>
      <span className={class_}>
        {t('staff.period', { from: registration.valid_from, until: registration.valid_until })}
      </span>
      <span className="push">
        <Pill tone={tone}>{tone === 'done' ? t('staff.valid') : text}</Pill>
        {onRenew && (
          <Button type="link" onClick={onRenew}>
            {t('staff.renew')}
          </Button>
        )}
      </span>
      <div className={drawer.paper}>
        <RegistrationFile
          staffId={person.id}
          registration={registration}
          mayChange={person.may_edit}
        />
      </div>
    </div>
  )
}

/** What the end of it means, once that is near. */
function Consequence({ registration }: { registration: Registration }) {
  const { t } = useTranslation()
  const words = useStaffWords()
  const { tone, class_ } = useStandings()(registration)
  if (tone === 'done') return null
  return (
    <p className={`small ${class_}`}>
      {t('staff.after_end', {
        date: registration.valid_until,
        hospital: words.hospital(registration.hospital_id),
      })}
      {registration.touched > 0 && t('staff.touched', { n: String(registration.touched) })}
    </p>
  )
}
