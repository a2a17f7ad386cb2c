/** What can be imported, one beside the other; agreements and holidays are the hub's. */
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../../api/session'
import { paths } from '../../paths'
import css from './imports.module.css'
import { KINDS, type Kind } from './queries'

const OF_HUB: readonly Kind[] = ['agreements', 'holidays']

export function Kinds() {
  const { t } = useTranslation()
  const { actor, hospitals } = useSession()
  const hub = hospitals.some(({ id, kind }) => id === actor.hospital_id && kind === 'hub')
  return (
    <>
      <nav className={css.kinds} aria-label={t('imports.what')}>
        {KINDS.filter((kind) => hub || !OF_HUB.includes(kind)).map((kind) => (
          <NavLink key={kind} to={paths.imports(kind)}>
            {t(`imports.kinds.${kind}`)}
          </NavLink>
        ))}
      </nav>
      <p className="secondary">{t('imports.order')}</p>
    </>
  )
}
