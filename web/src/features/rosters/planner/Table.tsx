/** People by days: who has which shift, what is fixed, who wishes what; one paints with a tool, by mouse or by keys. */
import { Button, Segmented } from 'antd'
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { SideScroll } from '../../../kit/SideScroll'
import { siteHour } from '../../../zone'
import { daysFrom, type Plan, spanOf } from '../week'
import {
  type Basis,
  type Can,
  countsOf,
  type Draft,
  emptyOn,
  fix,
  put,
  rangeOf,
  shiftsOn,
  wanted,
  wish,
  wishesMet,
  without,
} from './draft'
import own from './planner.module.css'
import { Row } from './Row'

const NOON = 12
const WISHES = ['off', 'on', 'cannot'] as const
const SIDEWAYS: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}
type Props = {
  plan: Plan
  basis: Basis
  draft: Draft
  places: number
  onChange: (draft: Draft) => void
}

export function Table({ plan, basis, draft, places, onChange }: Props) {
  const { t } = useTranslation()
  const [tool, setTool] = useState('fix')
  const tools = useTools(plan, places)
  const box = useRef<HTMLTableElement>(null)
  const days = useMemo(() => daysFrom(plan.first, plan.days), [plan])
  const now = serverNow()
  const one = plan.roster.day_starts === plan.roster.night_starts
  const rows = plan.people.filter(
    ({ id, eligible }) => eligible || draft.shifts.some((each) => each.staff_id === id),
  )
  const on = useRef({ plan, draft, tool, onChange })
  useLayoutEffect(() => {
    on.current = { plan, draft, tool, onChange }
  })
  const onPaint = useCallback((staff: string, day: string) => {
    const { onChange, ...of } = on.current
    const next = painted({ ...of, staff, day, now: serverNow() })
    if (next) onChange(next)
  }, [])
  const onCan = useCallback((staff: string, can: Can) => {
    const { draft, onChange } = on.current
    onChange({ ...draft, can: new Map([...draft.can, [staff, can]]) })
  }, [])
  const onKey = useCallback(
    (event: KeyboardEvent<HTMLButtonElement>, row: number, column: number) =>
      move(box.current, event, row, column),
    [],
  )
  return (
    <>
      <div className={own.tools}>
        <span>{t('roster_plan.paint')}</span>
        <Segmented
          aria-label={t('roster_plan.paint')}
          value={tool}
          options={tools}
          onChange={setTool}
        />
        {draft.fixed.size > 0 && (
          <Button onClick={() => onChange({ ...draft, fixed: new Set() })}>
            {t('roster_plan.unfix')}
          </Button>
        )}
      </div>
      <p className="secondary small">{t('roster_plan.hint')}</p>
      <Figures {...{ plan, basis, draft }} />
      <SideScroll label={t('roster_plan.table')}>
        <table ref={box} className={own.table}>
          <Head {...{ basis, days, one }} />
          <tbody>
            {rows.map((person, row) => (
              <Row
                key={person.id}
                {...{ plan, basis, draft, days, person, row, places, one, onPaint, onKey, onCan }}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('rosters.gap')}</th>
              <td colSpan={one ? 4 : 5} />
              {days.map((day) => {
                const empty = emptyOn(plan, draft, places, day, now)
                return (
                  <td key={day} className={empty > 0 ? own.empty : ''}>
                    {empty > 0 ? empty : ''}
                  </td>
                )
              })}
            </tr>
          </tfoot>
        </table>
      </SideScroll>
    </>
  )
}

function useTools(plan: Plan, places: number) {
  const { t } = useTranslation()
  const one = plan.roster.day_starts === plan.roster.night_starts
  const which = one ? (['night'] as const) : (['day', 'night'] as const)
  const shifts = which.flatMap((each) =>
    Array.from({ length: places }, (_, n) => ({
      value: `${each}${n + 1}`,
      label:
        t(one ? 'rosters.all_day' : `rosters.${each}`) +
        (places > 1 ? ` ${t('rosters.place', { n: String(n + 1) })}` : ''),
    })),
  )
  const others = (['fix', ...WISHES, 'clear'] as const).map((value) => ({
    value,
    label: t(`roster_plan.tool.${value}`),
  }))
  return [...shifts, ...others]
}

type Paint = { plan: Plan; draft: Draft; tool: string; staff: string; day: string; now: number }

/** The draft after the tool was used on a cell; null: there is nothing to do. */
export function painted({ plan, draft, tool, staff, day, now }: Paint): Draft | null {
  const there = shiftsOn(plan, draft.shifts, staff, day).filter((each) => spanOf(each).start > now)
  const able = plan.people.some(({ id, eligible }) => id === staff && eligible)
  const said = WISHES.find((each) => each === tool)
  if (said) return wish(draft, staff, day, said)
  if (tool === 'fix') return there.length > 0 ? fix(draft, there) : null
  if (tool === 'clear') return wish(without(draft, there), staff, day, null)
  const slot = wanted(plan, day).find(({ which }) => tool.startsWith(which))
  const place = Number(tool.replace(/\D/g, ''))
  if (!slot || !able || slot.span.start <= now) return null
  const same = there.find((each) => each.place === place && spanOf(each).start === slot.span.start)
  return same ? without(draft, [same]) : put(draft, slot, place, staff)
}

/** To the cell beside, above or below. */
function move(
  table: HTMLTableElement | null,
  event: KeyboardEvent<HTMLButtonElement>,
  row: number,
  column: number,
) {
  const [down, right] = SIDEWAYS[event.key] ?? [0, 0]
  if (down === 0 && right === 0) return
  const next = table?.querySelector<HTMLButtonElement>(
    `[data-cell="${row + down} ${column + right}"]`,
  )
  if (!next) return
  event.preventDefault()
  event.currentTarget.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

/** How even it is, in one line. */
function Figures({ plan, basis, draft }: Omit<Props, 'places' | 'onChange'>) {
  const { t } = useTranslation()
  const some = plan.people.filter(
    ({ id, eligible }) => eligible && (draft.can.get(id) ?? 'all') !== 'none',
  )
  const counts = some.map(({ id }) => countsOf(plan, basis, draft, id))
  const said = (name: 'shifts' | 'nights' | 'holidays') => {
    const { least, most } = rangeOf(counts.map((each) => each[name]))
    return least === most ? String(least) : `${least}–${most}`
  }
  const wishes = wishesMet(plan, draft)
  return (
    <p className={own.figures}>
      {t('roster_plan.figures', {
        count: some.length,
        shifts: said('shifts'),
        nights: said('nights'),
        holidays: said('holidays'),
      })}
      {wishes.said > 0 &&
        ` ${t('roster_plan.wishes', { met: String(wishes.met), said: String(wishes.said) })}`}
    </p>
  )
}

type HeadProps = { basis: Basis; days: string[]; one: boolean }

function Head({ basis, days, one }: HeadProps) {
  const { t } = useTranslation()
  const { day: dayWords } = useFormat()
  return (
    <thead>
      <tr>
        <th scope="col">{t('roster_plan.person')}</th>
        <th scope="col">{t('roster_plan.can_have')}</th>
        <th scope="col">{t('roster_plan.shifts')}</th>
        {!one && <th scope="col">{t('rosters.night')}</th>}
        <th scope="col">{t('roster_plan.holidays')}</th>
        <th scope="col" title={t('roster_plan.before_hint')}>
          {t('roster_plan.before')}
        </th>
        {days.map((day) => {
          const words = dayWords(siteHour(day, NOON))
          const off = basis.holidays.includes(day)
          return (
            <th key={day} scope="col" className={off ? own.off : ''} title={words}>
              <span className="unseen">{words}</span>
              <span aria-hidden>{Number(day.slice(8))}</span>
              {off && <span className={own.rest}>{t('roster_plan.day_off')}</span>}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
