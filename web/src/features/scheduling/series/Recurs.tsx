/** Marks one time of a series wherever it stands. */
import { RetweetOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

export function Recurs({ className = 'secondary small' }: { className?: string | undefined }) {
  const { t } = useTranslation()
  return (
    <span className={className}>
      <RetweetOutlined aria-hidden /> {t('recurring.mark')}
    </span>
  )
}
