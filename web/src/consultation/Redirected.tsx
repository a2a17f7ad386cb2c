/** Which hub is asked since it was redirected, by whom and why; and what it waits for, if no consent names that hub. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import { paths } from '../paths'
import type { Consultation } from './view'

const MOVES = new Set(['consultation.redirected', 'consultation.received'])

/** The hub that was asked before; null if it was never redirected. */
export function formerHub({ history }: Consultation): string | null {
  const last = history.filter(({ type }) => type === 'consultation.redirected').at(-1)
  return last ? String(last.data.hub_id) : null
}

/** The hub that the outdated consent names: several may have passed it on since one last received it. */
export function namedHub(history: { type: string; data: { hub_id?: unknown } }[]): string | null {
  const moves = history.filter(({ type }) => MOVES.has(type))
  const received = moves.map(({ type }) => type).lastIndexOf('consultation.received')
  const first = moves[received + 1]
  return first ? String(first.data.hub_id) : null
}

/** Whether no consent names the hub that is asked now, which therefore sees nothing yet. */
export const awaitsConsent = ({ history }: Consultation): boolean =>
  history.filter(({ type }) => MOVES.has(type)).at(-1)?.type === 'consultation.redirected'

export function Redirected({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const former = formerHub(c)
  if (c.state !== 'approved' || former === null) return null
  const hubs = { from: hospital(former), to: hospital(c.hub_id) }
  if (!awaitsConsent(c)) return <Notice>{t('consultation.redirected', hubs)}</Notice>
  const named = { from: hospital(namedHub(c.history) ?? former), to: hubs.to }
  return (
    <Notice
      tone="urgent"
      action={
        c.owed.includes('renew') && (
          <Link to={paths.request(c.id)}>
            <Button type="primary">{t('consultation.renew_consent')}</Button>
          </Link>
        )
      }
    >
      {t('consultation.redirected', hubs)} {t('consultation.awaits_consent', named)}
    </Notice>
  )
}
