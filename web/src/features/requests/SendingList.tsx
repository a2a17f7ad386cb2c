/** Files on their way, and those that did not arrive, with the reason and a retry. */
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../kit/problemText'
import papers from './papers.module.css'
import css from './requests.module.css'
import type { Sending } from './useFiles'

type Props = {
  sending: readonly Sending[]
  onAgain: (file: Sending) => void
  onDrop: (key: string) => void
}

export function SendingList({ sending, onAgain, onDrop }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  if (sending.length === 0) return null
  return (
    <ul className={papers.papers}>
      {sending.map((each) => (
        <li key={each.key} className={papers.paper}>
          {each.why ? (
            <>
              <span className="late" role="alert">
                {t('requests.attachments.failed', { name: each.file.name, why: text(each.why) })}
              </span>
              <span className={`push ${css.row}`}>
                <Button size="small" onClick={() => onAgain(each)}>
                  {t('requests.attachments.again')}
                </Button>
                <Button size="small" type="text" onClick={() => onDrop(each.key)}>
                  {t('requests.attachments.drop_it')}
                </Button>
              </span>
            </>
          ) : (
            <span className={css.grow}>
              <span className="small">
                {t('requests.attachments.sending', { name: each.file.name })}
              </span>
              <Progress
                percent={Math.round(each.part * 100)}
                size="small"
                aria-label={each.file.name}
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
