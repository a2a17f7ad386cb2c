/** At the door, for somebody without a media seat: that they will neither hear nor see the call, and what they can do. */

import { useTranslation } from 'react-i18next'
import { useLeads } from '../../../consultation/leads'
import type { Consultation } from '../../../consultation/view'
import { Notice } from '../../../kit/Notice'
import { Panel } from '../../../kit/Panel'
import { usePeopleWords } from '../../../kit/people'
import { useMine } from '../visit/useMine'

export function Seatless({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const { booked } = useMine(c)
  const leads = useLeads(c)
  const between = {
    lead: c.lead ? withTitle(c.lead) : '',
    accompanying: c.accompanying ? withTitle(c.accompanying) : '',
  }
  return (
    <Panel title={t('room.seatless.title')}>
      <Notice tone="urgent">{t('room.seatless.why', { ...between, ...leads })}</Notice>
      <p>
        {t(
          !booked ? 'room.seatless.guest' : c.mdt ? 'room.seatless.member' : 'room.seatless.expert',
        )}
      </p>
      {booked && <p className="secondary small">{t('room.seatless.free')}</p>}
    </Panel>
  )
}
