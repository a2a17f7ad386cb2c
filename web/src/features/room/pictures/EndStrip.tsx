/** The soft end, in the room: that the booked time is about to end, and whether it goes on or who comes next. */
import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useWhatTakes } from '../../../consultation/bookings'
import type { Consultation } from '../../../consultation/view'
import { useFormat } from '../../../i18n/format'
import { usePeopleWords } from '../../../kit/people'
import css from './room.module.css'

/** So long before the booked end it is said. */
const SAID_MS = 5 * 60_000

export function EndStrip({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { time, duration } = useFormat()
  const { named } = usePeopleWords()
  const what = useWhatTakes()
  const now = useNow()
  const { soft_end: soft, ends_at } = c
  if (!soft || !ends_at || now < Date.parse(ends_at) - SAID_MS) return null
  const at = time(ends_at)
  const over = now - Date.parse(ends_at)
  const goesOn = !soft.next && soft.extended < soft.most
  return (
    <p
      className={`${css.strip} ${goesOn ? css.info : css.urgent}`}
      role={goesOn ? 'status' : 'alert'}
    >
      {goesOn ? <ClockCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}
      <span>
        <b>
          {over >= 60_000
            ? t('room.soft_end.over', { at, time: duration(over) })
            : t('room.soft_end.soon', { at })}
        </b>{' '}
        {goesOn
          ? t('room.soft_end.goes_on', { minutes: String(soft.by_minutes) })
          : soft.next
            ? t('room.soft_end.next', {
                at: time(soft.next.starts_at),
                who: named(soft.next),
                what: what(soft.next),
              })
            : t('room.soft_end.enough', { count: soft.extended })}
      </span>
    </p>
  )
}
