/** A thin bar while the server does not answer. */
import { useTranslation } from 'react-i18next'
import { useSilent } from '../api/answers'
import css from './Shell.module.css'

export function SilentBar() {
  const { t } = useTranslation()
  return useSilent() ? (
    <p className={css.bar} role="status" data-silent>
      {t('state.silent')}
    </p>
  ) : null
}
