/** A failure to load: what happened, what to do, whom to call. For what does not exist or may not be seen, it only
 *  says so and offers a way back. */
import { WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { asProblem } from '../api/problem'
import { useHelpPhone } from '../api/session'
import { paths } from '../paths'
import css from './Notice.module.css'
import { useProblemText } from './problemText'

type Props = { error: Error; what: string; onRetry: () => void }

/** Statuses for which trying again is useless. */
export const FINAL: ReadonlySet<number> = new Set([403, 404])

export function ErrorState({ error, what, onRetry }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const phone = useHelpPhone()
  const { pathname } = useLocation()
  const { requestId, status } = asProblem(error)
  const final = FINAL.has(status)
  return (
    <div className={css.notice} role="alert">
      <WarningOutlined aria-hidden className={css.mark ?? ''} />
      {final ? (
        <>
          <b>{text(error)}</b>
          <p>{t(status === 404 ? 'state.not_yours' : 'state.not_your_role')}</p>
          <p className={css.ways}>
            <Link to={paths.home()}>{t('state.back')}</Link>
            {/* Not where one is already: it would be refused again. */}
            {pathname !== paths.consultations() && (
              <Link to={paths.consultations()}>{t('state.to_list')}</Link>
            )}
          </p>
        </>
      ) : (
        <>
          <b>{t('state.error', { what })}</b>
          <p>{text(error)}</p>
          <Button type="primary" onClick={onRetry}>
            {t('state.retry')}
          </Button>
          <p className="secondary small">
            {phone ? t('state.help', { phone }) : t('state.help_unknown')}
            {requestId && ` · ${t('state.request', { id: requestId })}`}
          </p>
        </>
      )}
    </div>
  )
}
