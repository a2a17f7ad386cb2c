/** The note beside every advice that it is no medical order (design.md, rule 13). */
import { InfoCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

export function NotOrder() {
  const { t } = useTranslation()
  return (
    <p className="secondary small">
      <InfoCircleOutlined aria-hidden /> {t('advice.not_order')}
    </p>
  )
}
