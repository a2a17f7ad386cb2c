/** For whoever had a media seat and lost it: that camera and microphone are closed, and why. */

import { VideoCameraOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import { useLeads } from '../../../consultation/leads'
import type { Consultation } from '../../../consultation/view'
import { usePeopleWords } from '../../../kit/people'
import css from './room.module.css'

export function Unseated({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { withTitle } = usePeopleWords()
  const leads = useLeads(c)
  const was = (part: 'lead' | 'accompanying') =>
    c[part]?.id !== actor.id &&
    c.history.some(
      ({ type, data }) => type === `consultation.${part}_replaced` && data.before_id === actor.id,
    )
  const part = (['lead', 'accompanying'] as const).find(was)
  const now = part && c[part]
  return (
    <p className={`${css.strip} ${css.urgent}`} role="alert">
      <VideoCameraOutlined aria-hidden />
      <span>
        <b>{t('room.own.closed')}</b>{' '}
        {now
          ? t(`room.unseated.${part}`, { name: withTitle(now), ...leads })
          : t('room.unseated.taken')}
      </span>
    </p>
  )
}
