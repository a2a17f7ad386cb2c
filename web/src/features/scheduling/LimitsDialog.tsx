/** A time that somebody should not be booked at: which limits, and the reason for which they are passed over. */
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

/** What a refusal for `limits` carries (LimitOut on the server). */
export type Limit = {
  limit: 'hours' | 'buffer' | 'tele' | 'places'
  resource_id: string
  name: string
  name_en: string
  starts_at: string
  ends_at: string
  minutes: number
  places: number
  people: number
}

type Props = {
  limits: readonly Limit[]
  zone: string
  busy: boolean
  onDo: (reason: string) => void
  onClose: () => void
}

export function LimitsDialog({ limits, zone, busy, onDo, onClose }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named } = useBookingWords()
  const said = (one: Limit) =>
    t(`scheduling.limits.of.${one.limit}`, {
      name: named(one),
      time: words.span(spanOf(one)),
      minutes: String(one.minutes),
      places: String(one.places),
      people: String(one.people),
    })
  return (
    <ReasonDialog
      title={t('scheduling.limits.title')}
      confirm={t('scheduling.limits.confirm')}
      keep={t('scheduling.limits.keep')}
      about={
        <ul>
          {limits.map((one) => (
            <li key={`${one.limit} ${one.resource_id} ${one.starts_at}`}>{said(one)}</li>
          ))}
        </ul>
      }
      words={{
        label: t('scheduling.limits.why'),
        hint: t('scheduling.limits.why_hint'),
        required: true,
        max: 60,
        rows: 2,
      }}
      refusal={({ reason }) => (reason ? null : t('scheduling.limits.why_needed'))}
      busy={busy}
      onDo={({ reason }) => onDo(reason)}
      onClose={onClose}
    />
  )
}
