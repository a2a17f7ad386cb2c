/** Whoever answers an emergency while they are in another room is asked once before they leave it, whichever of their
 *  windows they answer in. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchPath, useLocation } from 'react-router'
import { Dialog } from '../kit/Dialog'
import { ringingQuery } from '../kit/ringing'
import { patterns } from '../paths'

/** `comes`: it is this person who will be in its room. Returns what asks before it does something, and the question. */
export function useLeaving(id: string, comes: boolean): [(then: () => void) => void, ReactNode] {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<(() => void) | null>(null)
  const here = matchPath(patterns.room, useLocation().pathname)?.params.id
  const { data = [] } = useQuery({ ...ringingQuery(true), enabled: comes })
  const elsewhere = comes && data.some((call) => call.activity_id === id && call.leaves)
  const leaves = elsewhere || (here !== undefined && here !== id)
  const ask = (then: () => void) => (leaves ? setAsking(() => then) : then())
  const question = asking && (
    <Dialog
      title={t('home.leave_title')}
      confirm={t('home.leave_take')}
      danger
      onConfirm={() => {
        setAsking(null)
        asking()
      }}
      onClose={() => setAsking(null)}
    >
      {t('home.leave_text')}
    </Dialog>
  )
  return [ask, question]
}
