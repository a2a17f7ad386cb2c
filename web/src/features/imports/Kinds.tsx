/** What can be imported, one beside the other; agreements and holidays are the hub's. */
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useRole, useSession } from '../../api/session'
import { paths } from '../../paths'
import css from './imports.module.css'
import { KINDS, type Kind } from './queries'

const OF_HUB: readonly Kind[] = ['agreements', 'holidays']

/** What the person who is signed in may import: an administrator only, and of the hub for what is the hub's. */
export function useKinds(): readonly Kind[] {
  const { actor, hospitals } = useSession()
  const administers = useRole('administrator')
  const hub = hospitals.some(({ id, kind }) => id === actor.hospital_id && kind === 'hub')
  return administers ? KINDS.filter((kind) => hub || !OF_HUB.includes(kind)) : []
}

export function Kinds() {
  const { t } = useTranslation()
  const kinds = useKinds()
  return (
    <>
      <nav className={css.kinds} aria-label={t('imports.what')}>
        {kinds.map((kind) => (
          <NavLink key={kind} to={paths.imports(kind)}>
            {t(`imports.kinds.${kind}`)}
          </NavLink>
        ))}
      </nav>
      <p className="secondary">{t('imports.order')}</p>
    </>
  )
}
