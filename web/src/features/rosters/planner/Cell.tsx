/** One day of one person: the shifts, whether they are fixed, leave, and what is wished. */
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { siteHour } from '../../../zone'
import { type Plan, type Shift, slotsOf, spanOf } from '../week'
import { type Basis, type Draft, keyOf, onLeave, shiftsOn, wishKey } from './draft'
import css from './planner.module.css'

const NOON = 12
type Props = {
  plan: Plan
  basis: Basis
  draft: Draft
  day: string
  places: number
  name: string
  staff: string
  /** Row and column, by which the keys find it. */
  at: string
  first: boolean
  onPaint: () => void
  onKey: (event: KeyboardEvent<HTMLButtonElement>) => void
}

export function Cell({ plan, basis, draft, day, places, name, staff, at, first, ...on }: Props) {
  const { t } = useTranslation()
  const { day: dayWords } = useFormat()
  const shifts = shiftsOn(plan, draft.shifts, staff, day)
  const wish = draft.wishes.get(wishKey(staff, day))
  const leave = onLeave(plan, basis, staff, day)
  const fixed = shifts.length > 0 && shifts.every((each) => draft.fixed.has(keyOf(each)))
  const short = (shift: Shift): string => {
    const word = t(`roster_plan.short.${kindOf(plan, day, shift)}`)
    return places > 1 || shift.place > 1 ? `${word}${shift.place}` : word
  }
  const long = (shift: Shift): string =>
    t('rosters.slot', {
      day: '',
      which: t(`roster_plan.kind.${kindOf(plan, day, shift)}`),
      place: String(shift.place),
    }).trim()
  const said = [
    ...shifts.map(long),
    ...(fixed ? [t('roster_plan.fixed')] : []),
    ...(leave ? [t('roster_plan.leave')] : []),
    ...(wish ? [t(`roster_plan.tool.${wish}`)] : []),
  ]
  const against =
    shifts.length > 0 && (leave || wish === 'cannot' || wish === 'off') ? css.against : ''
  const style = shifts.length > 0 ? (fixed ? css.fixed : css.chosen) : leave ? css.leave : ''
  return (
    <td className={basis.holidays.includes(day) ? css.off : ''}>
      <button
        type="button"
        className={`${css.cell} ${style} ${against}`}
        data-cell={at}
        tabIndex={first ? 0 : -1}
        aria-label={t('roster_plan.cell', {
          name,
          day: dayWords(siteHour(day, NOON)),
          said: said.join(t('rosters.comma')) || t('roster_plan.nothing'),
        })}
        onClick={on.onPaint}
        onKeyDown={on.onKey}
      >
        {shifts.map(short).join('')}
        {shifts.length === 0 && leave && t('roster_plan.short.leave')}
        {wish && <span className={css.wish}>{t(`roster_plan.short.${wish}`)}</span>}
      </button>
    </td>
  )
}

/** A shift with other times than the roster's is `other`. */
function kindOf(plan: Plan, day: string, shift: Shift): 'day' | 'night' | 'all_day' | 'other' {
  const { start, end } = spanOf(shift)
  const slot = slotsOf(plan.roster, day).find(
    ({ span }) => span.start === start && span.end === end,
  )
  if (!slot) return 'other'
  return plan.roster.day_starts === plan.roster.night_starts ? 'all_day' : slot.which
}
