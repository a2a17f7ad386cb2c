/** A field that somebody else changed meanwhile: mine is kept, theirs is offered. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../kit/Notice'
import { wordOr } from '../consultations/view'
import type { Measure } from './change'
import { useDraft } from './draft'
import { measureText } from './measures'
import css from './requests.module.css'

const LONGEST = 120

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, LONGEST)
  const measures = Array.isArray(value) && value.every((each) => 'name' in each && 'flag' in each)
  return measures ? measureText(value as Measure[]).slice(0, LONGEST) : ''
}

export function Clashes() {
  const { t, i18n } = useTranslation()
  const { saved, decide } = useDraft()
  return saved.clashes.map(({ field, theirs }) => {
    const name = wordOr(t, (key) => i18n.exists(key), `missing.${field}`, field)
    const text = textOf(theirs)
    return (
      <Notice
        key={field}
        tone="urgent"
        action={
          <span className={css.row}>
            <Button size="small" onClick={() => decide(field, 'theirs')}>
              {t('requests.clash.take')}
            </Button>
            <Button size="small" type="primary" onClick={() => decide(field, 'mine')}>
              {t('requests.clash.keep')}
            </Button>
          </span>
        }
      >
        {t('requests.clash.title', { field: name })} {text && t('requests.clash.theirs', { text })}
      </Notice>
    )
  })
}
