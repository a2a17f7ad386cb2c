/** Files on their way, those that wait for the network, and those that did not arrive, with the reason and a retry. */
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../kit/problemText'
import type { Sending } from './outgoing'
import papers from './papers.module.css'
import css from './requests.module.css'

type Props = {
  sending: readonly Sending[]
  onAgain: (key: string) => void
  onDrop: (key: string) => void
}

export function SendingList({ sending, onAgain, onDrop }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  if (sending.length === 0) return null
  return (
    <ul className={papers.papers}>
      {sending.map(({ key, file: { name }, part, state, why }) => (
        <li key={key} className={papers.paper}>
          {state === 'failed' ? (
            <span className="late" role="alert">
              {t('requests.attachments.failed', { name, why: text(why) })}
            </span>
          ) : (
            <span className={css.grow}>
              <span className={`small ${state === 'waiting' ? css.lacks : ''}`} role="status">
                {state === 'waiting'
                  ? t('requests.attachments.waiting', { name, why: text(why) })
                  : t('requests.attachments.sending', { name })}
              </span>
              <Progress percent={Math.round(part * 100)} size="small" aria-label={name} />
            </span>
          )}
          <span className={`push ${css.row}`}>
            {state === 'failed' && (
              <Button size="small" onClick={() => onAgain(key)}>
                {t('requests.attachments.again')}
              </Button>
            )}
            {state !== 'sending' && (
              <Button size="small" type="text" onClick={() => onDrop(key)}>
                {t('requests.attachments.drop_it')}
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
