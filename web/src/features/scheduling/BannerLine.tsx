/** The line beside the patient: urgency, question, wished times, and due time. */
import { useTranslation } from 'react-i18next'
import type { Consultation } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Dotted } from '../../kit/Dotted'
import { Pill } from '../../kit/Pill'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { spanOf } from './week'
import { useTimeWords, useZone } from './words'

export function BannerLine({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { span } = useTimeWords(useZone(c.hub_id))
  const wish = c.content.wishes?.[0]
  return (
    <Dotted>
      <UrgencyTag urgency={c.urgency} />
      {c.mdt && <Pill tone="brand">{t('scheduling.mdt.title')}</Pill>}
      {c.content.diagnosis && <b>{c.content.diagnosis}</b>}
      {wish && (
        <span>
          {t('scheduling.wished', {
            times: span(spanOf({ starts_at: wish.start, ends_at: wish.end })),
          })}
        </span>
      )}
      {c.sign_due_at && <b>{t('scheduling.due', { at: moment(c.sign_due_at) })}</b>}
    </Dotted>
  )
}
