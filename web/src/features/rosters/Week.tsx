/** One week of a roster: for each day and shift a list of people per place, gaps in colour and words, and saving. */

import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { Leaving } from '../../kit/Leaving'
import { Notice } from '../../kit/Notice'
import { Day } from './Day'
import { type Fault, Faults, faultsOf } from './Faults'
import { planQuery, useSaveShifts } from './queries'
import css from './rosters.module.css'
import { ShiftDialog } from './ShiftDialog'
import {
  addDays,
  beginningIn,
  besideSlots,
  DAYS,
  daysFrom,
  later,
  type Plan,
  placesOf,
  type Shift,
  same,
  spanOf,
} from './week'

/** What is edited of a week, until it is saved. */
function useEdits(plan: Plan) {
  const [shifts, setShifts] = useState(() => beginningIn(plan))
  const [faults, setFaults] = useState<Fault[]>([])
  const saving = useSaveShifts(plan, {
    onDone: () => setFaults([]),
    onProblem: (problem) => {
      const found = faultsOf(problem)
      setFaults(found)
      return found.length > 0
    },
  })
  const edit = (next: Shift[]) => {
    setShifts(next)
    setFaults([])
  }
  const reset = () => edit(beginningIn(plan))
  return { shifts, edit, reset, faults, saving, unsaved: !same(shifts, beginningIn(plan)) }
}

export function Week({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const edits = useEdits(plan)
  const [least, setLeast] = useState(1)
  const [other, setOther] = useState<Shift | 'new' | null>(null)
  const keeps = plan.roster.may_keep
  const places = placesOf(edits.shifts, least)
  const carried = plan.shifts.filter((each) => !beginningIn(plan).includes(each))
  const replaced = (before: Shift | 'new', after: Shift | null) => {
    edits.edit([...edits.shifts.filter((each) => each !== before), ...(after ? [after] : [])])
    setOther(null)
  }
  return (
    <>
      {!keeps && <Notice>{t('rosters.read_only')}</Notice>}
      {keeps && (
        <Acts
          plan={plan}
          edits={edits}
          onPlace={() => setLeast(places.length + 1)}
          onOther={() => setOther('new')}
        />
      )}
      <Faults faults={edits.faults} shifts={edits.shifts} people={plan.people} />
      <ol className={css.week}>
        {daysFrom(plan.first, DAYS).map((day) => (
          <Day
            key={day}
            {...{ plan, day, places, carried }}
            shifts={edits.shifts}
            others={besideSlots(edits.shifts, plan.roster, day)}
            onEdit={keeps ? edits.edit : null}
            onOther={keeps ? setOther : null}
          />
        ))}
      </ol>
      {other && (
        <ShiftDialog
          plan={plan}
          shift={other === 'new' ? null : other}
          onDone={(after) => replaced(other, after)}
          onClose={() => setOther(null)}
        />
      )}
      <Leaving unsaved={edits.unsaved && !edits.saving.isPending} />
    </>
  )
}

type ActsProps = {
  plan: Plan
  edits: ReturnType<typeof useEdits>
  onPlace: () => void
  onOther: () => void
}

function Acts({ plan, edits, onPlace, onOther }: ActsProps) {
  const { t } = useTranslation()
  const copy = useCopy(plan, edits)
  const { shifts, saving, unsaved, reset } = edits
  return (
    <div className={css.acts}>
      <Button onClick={copy.begin} loading={copy.busy}>
        {t('rosters.copy')}
      </Button>
      <Button onClick={onPlace}>{t('rosters.add_place')}</Button>
      <Button onClick={onOther}>{t('rosters.add_other')}</Button>
      {copy.said !== null && (
        <span className="secondary" role="status">
          {copy.said > 0 ? t('rosters.copied', { count: copy.said }) : t('rosters.nothing_to_copy')}
        </span>
      )}
      <span className="push">
        {unsaved && <Button onClick={reset}>{t('rosters.discard')}</Button>}{' '}
        <Button
          type="primary"
          disabled={!unsaved}
          loading={saving.isPending}
          onClick={() => saving.mutate(shifts)}
        >
          {t('rosters.save')}
        </Button>
      </span>
    </div>
  )
}

/** Fills in last week's shifts where this week has none at that time, of people who can still be chosen. */
function useCopy(plan: Plan, { shifts, edit }: ReturnType<typeof useEdits>) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<number | null>(null)
  const begin = async () => {
    setBusy(true)
    try {
      const first = addDays(plan.first, -DAYS)
      const before = await queries.fetchQuery(planQuery(plan.roster.id, first, DAYS))
      const able = new Set(plan.people.filter((each) => each.eligible).map(({ id }) => id))
      const now = serverNow()
      const found = later(beginningIn(before), DAYS).filter(
        (each) =>
          able.has(each.staff_id) &&
          spanOf(each).end > now &&
          !shifts.some((one) => one.place === each.place && meet(one, each)),
      )
      edit([...shifts, ...found])
      setSaid(found.length)
    } finally {
      setBusy(false)
    }
  }
  return { begin: () => void begin(), busy, said }
}

const meet = (a: Shift, b: Shift): boolean =>
  spanOf(a).start < spanOf(b).end && spanOf(b).start < spanOf(a).end
