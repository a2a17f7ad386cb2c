/** A field that somebody else changed meanwhile: mine is kept, theirs is offered; or, where mine comes late,
 *  theirs stands and mine is offered. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../kit/Notice'
import { useDraft } from './draft'
import { useFieldName, useValueText } from './fieldWords'
import css from './requests.module.css'

const LONGEST = 120

export function Clashes() {
  const { t } = useTranslation()
  const { saved, decide } = useDraft()
  const nameOf = useFieldName()
  const valueText = useValueText()
  return saved.clashes.map(({ field, theirs, waiting }) => {
    const text = valueText(field, waiting ? waiting.mine : theirs).slice(0, LONGEST)
    return (
      <Notice
        key={field}
        tone="urgent"
        action={
          <span className={css.row}>
            <Button size="small" onClick={() => decide(field, 'theirs')}>
              {t(waiting ? 'requests.clash.leave' : 'requests.clash.take')}
            </Button>
            <Button
              size="small"
              type={waiting ? 'default' : 'primary'}
              onClick={() => decide(field, 'mine')}
            >
              {t('requests.clash.keep')}
            </Button>
          </span>
        }
      >
        {t(waiting ? 'requests.clash.late' : 'requests.clash.title', { field: nameOf(field) })}{' '}
        {text && t(waiting ? 'requests.clash.mine' : 'requests.clash.theirs', { text })}
      </Notice>
    )
  })
}
