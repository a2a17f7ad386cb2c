/** Where I am, where I can go, who I am. */
import { useTranslation } from 'react-i18next'
import { Link, matchPath, NavLink, useLocation } from 'react-router'
import { useSession } from '../api/session'
import { AccountMenu } from './AccountMenu'
import { LanguageSwitch } from './LanguageSwitch'
import { NAV, seenBy } from './nav'
import { useNotices } from './notices'
import css from './TopBar.module.css'

/** Keeps the bell's place until it is loaded, so that what stands beside it does not move. */
export const BellPlace = () => <span className={css.bell_place} />

export function TopBar() {
  const { t } = useTranslation()
  const session = useSession()
  const { bar } = useNotices()
  const { pathname } = useLocation()
  const shown = NAV.filter((entry) => seenBy(entry, session.roles))
  return (
    <header className={css.bar}>
      <a className={css.skip} href="#main">
        {t('app.skip')}
      </a>
      <b className={css.logo}>{t('app.name')}</b>
      <nav className={css.nav} aria-label={t('app.main')}>
        {shown.map(({ name, to, also }) =>
          also && matchPath(also, pathname) ? (
            <Link key={name} to={to} aria-current="page">
              {t(`nav.${name}`)}
            </Link>
          ) : (
            <NavLink key={name} to={to} end={name === 'home'}>
              {t(`nav.${name}`)}
            </NavLink>
          ),
        )}
      </nav>
      {session.demo && (
        <span className={css.demo}>
          {t('app.demo')}
          {session.clock_ahead > 0 &&
            t('app.demo_ahead', { hours: String(Math.round(session.clock_ahead / 360) / 10) })}
        </span>
      )}
      {bar}
      <LanguageSwitch />
      <AccountMenu actor={session.actor} />
    </header>
  )
}
