/** One day of a roster: who stands in each place of each shift, what nobody covers, and shifts with other times. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { useRosterWords } from '../../kit/rosterWords'
import { siteDay, siteHour } from '../../zone'
import css from './rosters.module.css'
import {
  gapsIn,
  inSlot,
  type Plan,
  type Shift,
  type Slot,
  slotsOf,
  spanOf,
  spansOf,
  withInSlot,
  within,
} from './week'

const NOON = 12
type Props = {
  plan: Plan
  day: string
  places: number[]
  shifts: Shift[]
  /** Shifts that began before this week. */
  carried: Shift[]
  others: Shift[]
  onEdit: ((next: Shift[]) => void) | null
  onOther: ((shift: Shift) => void) | null
}

export function Day(props: Props) {
  const { plan, day, others, onOther } = props
  const { t } = useTranslation()
  const { day: dayWords } = useFormat()
  const today = day === siteDay(serverNow())
  return (
    <li className={`${css.day} ${today ? css.today : ''}`}>
      <h3>{dayWords(siteHour(day, NOON))}</h3>
      {slotsOf(plan.roster, day).map((slot) => (
        <SlotOf key={slot.which} slot={slot} {...props} />
      ))}
      {others.length > 0 && (
        <div className={css.others}>
          <span className="secondary small">{t('rosters.other')}</span>
          {others.map((shift) => (
            <Other
              key={`${shift.staff_id}${shift.starts}${shift.place}`}
              plan={plan}
              shift={shift}
              onOpen={onOther && spanOf(shift).end > serverNow() ? () => onOther(shift) : null}
            />
          ))}
        </div>
      )}
    </li>
  )
}

function SlotOf({ slot, plan, day, places, shifts, carried, onEdit }: Props & { slot: Slot }) {
  const { t } = useTranslation()
  const { day: dayWords, time } = useFormat()
  const { span } = useRosterWords()
  const over = slot.span.end <= serverNow()
  const one = plan.roster.day_starts === plan.roster.night_starts
  const which = t(one ? 'rosters.all_day' : `rosters.${slot.which}`)
  const gaps = over ? [] : within(slot.span, gapsIn(spansOf(plan.covered), [...carried, ...shifts]))
  const [from, to] = [slot.span.start, slot.span.end].map((at) => time(new Date(at).toISOString()))
  return (
    <div className={`${css.slot} ${gaps.length > 0 ? css.gapped : ''}`}>
      <span className="small">
        <b>{which}</b> <span className="secondary">{`${from}–${to}`}</span>
      </span>
      {places.map((place) => (
        <Pick
          key={place}
          label={t('rosters.slot', {
            day: dayWords(siteHour(day, NOON)),
            which,
            place: String(place),
          })}
          {...{ slot, place, plan, shifts }}
          onEdit={over ? null : onEdit}
        />
      ))}
      {gaps.map((each) => (
        <Pill key={each.start} tone="stat">
          {each.start === slot.span.start && each.end === slot.span.end
            ? t('rosters.gap')
            : t('rosters.gap_of', { span: span(each) })}
        </Pill>
      ))}
    </div>
  )
}

type PickProps = {
  label: string
  slot: Slot
  place: number
  plan: Plan
  shifts: Shift[]
  onEdit: ((next: Shift[]) => void) | null
}

function Pick({ label, slot, place, plan, shifts, onEdit }: PickProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const chosen = inSlot(shifts, slot, place)?.staff_id ?? ''
  const offered = plan.people.filter(({ id, eligible }) => eligible || id === chosen)
  return (
    <select
      className={css.pick}
      aria-label={label}
      value={chosen}
      disabled={onEdit === null}
      onChange={({ target }) => onEdit?.(withInSlot(shifts, slot, place, target.value || null))}
    >
      <option value="">{t('rosters.nobody')}</option>
      {offered.map((each) => (
        <option key={each.id} value={each.id}>
          {each.eligible ? named(each) : t('rosters.left', { name: named(each) })}
        </option>
      ))}
    </select>
  )
}

type OtherProps = { plan: Plan; shift: Shift; onOpen: (() => void) | null }

function Other({ plan, shift, onOpen }: OtherProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { span } = useRosterWords()
  const who = plan.people.find(({ id }) => id === shift.staff_id)
  const words = t('rosters.other_of', {
    who: who ? named(who) : '',
    span: span(spanOf(shift)),
    place: String(shift.place),
  })
  return (
    <button
      type="button"
      className={css.other}
      disabled={onOpen === null}
      onClick={() => onOpen?.()}
    >
      {words}
      {shift.note && <span className="secondary"> {shift.note}</span>}
    </button>
  )
}
