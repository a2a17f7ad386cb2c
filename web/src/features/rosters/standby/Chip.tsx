/** In the top bar of every page while one stands by: until when, or until when one is away. */
import { CheckOutlined, ClockCircleOutlined, SwapOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { paths } from '../../../paths'
import css from './chip.module.css'
import { askedOf, awayOf, standbyQuery, useRung } from './queries'

/** Seldom: what is done on the page of standing by makes it stale at once. */
const AGAIN_MS = 5 * 60_000

export default function Chip() {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { actor } = useSession()
  const now = useNow()
  const { data: own } = useQuery({
    ...standbyQuery(),
    enabled: useRung(),
    refetchInterval: AGAIN_MS,
  })
  if (own && askedOf(own).length > 0)
    return (
      <Link className={`${css.chip} ${css.away}`} to={paths.standby()}>
        <SwapOutlined aria-hidden />
        <span className={css.words}>{t('standing.asked')}</span>
      </Link>
    )
  if (!own?.now || Date.parse(own.now.until) <= now) return null
  const away = awayOf(own, actor.id, now)
  return (
    <Link className={`${css.chip} ${away ? css.away : ''}`} to={paths.standby()}>
      {away ? <ClockCircleOutlined aria-hidden /> : <CheckOutlined aria-hidden />}
      <span className={css.words}>
        {away
          ? t('standing.away', { at: time(away.until) })
          : t('standing.on', { at: time(own.now.until) })}
      </span>
    </Link>
  )
}
