/** What happened, what was kept, what to do, and whom to call. */
import { WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem'
import { useHelpPhone } from '../api/session'
import css from './Notice.module.css'
import { useProblemText } from './problemText'

type Props = { error: Error; what: string; onRetry: () => void }

export function ErrorState({ error, what, onRetry }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const phone = useHelpPhone()
  const { requestId } = asProblem(error)
  return (
    <div className={css.notice} role="alert">
      <WarningOutlined aria-hidden className={css.mark ?? ''} />
      <b>{t('state.error', { what })}</b>
      <p>{text(error)}</p>
      <p>{t('state.kept')}</p>
      <Button type="primary" onClick={onRetry}>
        {t('state.retry')}
      </Button>
      <p className="secondary small">
        {phone ? t('state.help', { phone }) : t('state.help_unknown')}
        {requestId && ` · ${t('state.request', { id: requestId })}`}
      </p>
    </div>
  )
}
