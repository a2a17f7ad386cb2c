/** As index.html shows it before the first script has come. */
import { useTranslation } from 'react-i18next'

export function Opening() {
  const { t } = useTranslation()
  return (
    <div className="opening">
      <b>{t('app.name')}</b>
      <span role="status">{t('signin.opening')}</span>
      <i aria-hidden="true" />
    </div>
  )
}
