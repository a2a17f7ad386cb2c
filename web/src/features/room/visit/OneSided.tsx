/** At a meeting that should have begun: that the one who is missing has been told, and when the centre is. */
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import type { Consultation } from '../../../consultation/view'
import { useFormat } from '../../../i18n/format'

const BEFORE = new Set(['scheduled', 'ready'])

export function OneSided({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const now = useNow()
  const told = c.history.filter(
    ({ type, data, occurred_at }) =>
      type === 'rung.reached' &&
      data.kind === 'one_sided' &&
      Date.parse(occurred_at) >= Date.parse(c.starts_at ?? ''),
  )
  const first = told[0]
  if (!BEFORE.has(c.state) || !first || now < Date.parse(first.occurred_at)) return null
  const centre = told.find(({ data }) => data.role === 'coordinator')
  return (
    <b role="status">
      {centre
        ? t('room.one_sided.centre', { at: time(centre.occurred_at) })
        : t('room.one_sided.told', { at: time(first.occurred_at) })}
    </b>
  )
}
