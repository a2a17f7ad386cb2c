/** Which hub is asked since it was redirected, by whom and why; and what it waits for, if no consent names that hub. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import { paths } from '../paths'
import { awaitsConsent, formerHub, namedHub } from './hubs'
import type { Consultation } from './view'

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
