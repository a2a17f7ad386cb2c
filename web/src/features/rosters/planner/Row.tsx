/** One person's month: what they can have, how much it is, and its days. */
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../../kit/people'
import css from '../rosters.module.css'
import type { Plan } from '../week'
import { Cell } from './Cell'
import { type Basis, type Can, countsOf, type Draft, ofPerson } from './draft'

const CAN = ['all', 'days', 'nights', 'none'] as const

type Props = {
  plan: Plan
  basis: Basis
  draft: Draft
  days: readonly string[]
  person: Plan['people'][number]
  row: number
  places: number
  one: boolean
  /** These do not change while the table is open. */
  onPaint: (staff: string, day: string) => void
  onKey: (event: KeyboardEvent<HTMLButtonElement>, row: number, column: number) => void
  onCan: (staff: string, can: Can) => void
}

/** Drawn again only where something of this person, or of all, has changed: a month of sixty people has 1,800 cells. */
export const Row = memo(PersonRow, (before, now) =>
  before.draft !== now.draft && partOf(before) !== partOf(now)
    ? false
    : ALIKE.every((name) => before[name] === now[name]),
)

const ALIKE = ['plan', 'basis', 'days', 'person', 'row', 'places', 'one'] as const
const partOf = ({ draft, person }: Props): string => ofPerson(draft, person.id)

function PersonRow(props: Props) {
  const { plan, basis, draft, days, person, row, places, one, onPaint, onKey, onCan } = props
  const { t } = useTranslation()
  const { named, withTitle } = usePeopleWords()
  const counts = countsOf(plan, basis, draft, person.id)
  const before = basis.before.find(({ staff_id }) => staff_id === person.id)
  const name = named(person)
  return (
    <tr>
      <th scope="row">{person.eligible ? withTitle(person) : t('rosters.left', { name })}</th>
      <td>
        {person.eligible && (
          <select
            className={css.pick}
            aria-label={t('roster_plan.can_of', { name })}
            value={draft.can.get(person.id) ?? 'all'}
            onChange={({ target }) =>
              onCan(person.id, CAN.find((each) => each === target.value) ?? 'all')
            }
          >
            {CAN.filter((each) => !one || each === 'all' || each === 'none').map((each) => (
              <option key={each} value={each}>
                {t(`roster_plan.can.${each}`)}
              </option>
            ))}
          </select>
        )}
      </td>
      <td>{counts.shifts}</td>
      {!one && <td>{counts.nights}</td>}
      <td>{counts.holidays}</td>
      <td className="secondary">{before?.shifts ?? ''}</td>
      {days.map((day, column) => (
        <Cell
          key={day}
          {...{ plan, basis, draft, day, places, name }}
          staff={person.id}
          at={`${row} ${column}`}
          first={row === 0 && column === 0}
          onPaint={() => onPaint(person.id, day)}
          onKey={(event) => onKey(event, row, column)}
        />
      ))}
    </tr>
  )
}
