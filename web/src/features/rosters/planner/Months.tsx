/** Which month is planned: the one that goes on and a year ahead, and the one that is asked for. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { siteDay } from '../../../zone'
import css from '../rosters.module.css'
import { monthAfter } from './draft'

const AHEAD = 12
type Props = { month: string; onChange: (month: string) => void }

export function Months({ month, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const words = new Intl.DateTimeFormat(i18n.language, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const coming = Array.from({ length: AHEAD + 1 }, (_, n) => monthAfter(siteDay(serverNow()), n))
  return (
    <select
      className={css.pick}
      aria-label={t('roster_plan.month')}
      value={month}
      onChange={({ target }) => onChange(target.value)}
    >
      {[...new Set([...coming, month])].sort().map((each) => (
        <option key={each} value={each}>
          {words.format(new Date(`${each}-01T00:00:00Z`))}
        </option>
      ))}
    </select>
  )
}
