/** 值守: when a person is on duty from now on, and where they are called. */
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../kit/Loaded'
import { useRosterWords } from '../../kit/rosterWords'
import { type Person, shiftsQuery } from './queries'
import css from './staff.module.css'

export function Duty({ person }: { person: Person }) {
  const { t } = useTranslation()
  const { title, span } = useRosterWords()
  return (
    <section className={css.part} aria-label={t('staff.duty.title')}>
      <h3>{t('staff.duty.title')}</h3>
      <Loaded query={shiftsQuery(person.id)} what={t('staff.duty.title')} skeleton={<span />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary small">{t('staff.duty.none')}</p>
          ) : (
            <ul className={css.box}>
              {items.map((one) => (
                <li key={`${one.kind}${one.subject}${one.starts}`} className={css.line}>
                  <b>{t('rosters.in_place', { roster: title(one), place: String(one.place) })}</b>
                  <span className="push">
                    {span({ start: Date.parse(one.starts), end: Date.parse(one.ends) })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
