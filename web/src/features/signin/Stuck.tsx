/** Shown if the pages behind the sign-in cannot be fetched. */
import { useTranslation } from 'react-i18next'
import css from './signin.module.css'

export default function Stuck() {
  const { t } = useTranslation()
  return (
    <div className="opening" role="alert">
      <b>{t('signin.stuck')}</b>
      <span>{t('signin.stuck_hint')}</span>
      <button type="button" className={css.submit} onClick={() => window.location.reload()}>
        {t('state.reload')}
      </button>
    </div>
  )
}
