/** Hints for the first days; once sent away they stay away, on this browser and for this account. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session'
import css from './Notice.module.css'
import { useFits } from './useFits'

const seenKey = (id: string) => `hints-seen/${id}`

export function FirstHints() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const [seen, setSeen] = useState(() => window.localStorage.getItem(seenKey(actor.id)) !== null)
  const touched = useFits('(hover: none)')
  if (seen) return null
  const hints = [touched ? 'search_touched' : 'search', 'preview', 'menu'] as const
  return (
    <aside className={`${css.strip} ${css.info}`} aria-label={t('account.hints')}>
      <span className={css.text}>{hints.map((hint) => t(`account.hint.${hint}`)).join(' ')}</span>
      <Button
        size="small"
        onClick={() => {
          window.localStorage.setItem(seenKey(actor.id), '1')
          setSeen(true)
        }}
      >
        {t('account.hints_seen')}
      </Button>
    </aside>
  )
}
