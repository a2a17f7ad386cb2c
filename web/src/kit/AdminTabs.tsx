/** The pages of an administrator, one beside the other. */
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useRole } from '../api/session'
import { paths } from '../paths'
import css from './AdminTabs.module.css'

const PAGES = [
  ['settings.title', paths.settings()],
  ['settings.tabs.departments', paths.departments()],
  ['settings.tabs.venues', paths.venues()],
  ['settings.tabs.agreements', paths.agreements()],
  ['rosters.title', paths.rosters()],
  ['settings.accounts', paths.accounts()],
  ['ladders.title', paths.ladders()],
  ['workdays.title', paths.workdays()],
  ['telling.outside', paths.outside()],
  ['devices.title', paths.devices()],
  ['systems.title', paths.systems()],
  ['nav.credentials', paths.credentials()],
  ['nav.audit', paths.audit()],
] as const

export function AdminTabs() {
  const { t } = useTranslation()
  if (!useRole('administrator')) return null
  return (
    <nav className={css.tabs} aria-label={t('nav.settings')}>
      {PAGES.map(([name, to]) => (
        <NavLink key={name} to={to}>
          {t(name)}
        </NavLink>
      ))}
    </nav>
  )
}
