/** 自动排班: a month of a roster is proposed, changed by hand, proposed again around what is fixed, and saved. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { Leaving } from '../../../kit/Leaving'
import { Loaded } from '../../../kit/Loaded'
import { Notice } from '../../../kit/Notice'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { type Fault, Faults, faultsOf } from '../Faults'
import { planQuery, useSaveShifts } from '../queries'
import css from '../rosters.module.css'
import { beginningIn, type Plan, placesOf, type Roster, same } from '../week'
import { Answered } from './Answered'
import {
  type Answer,
  answered,
  asked,
  type Basis,
  begin,
  type Draft,
  type Limits,
  monthOf,
  saved,
} from './draft'
import { LimitsForm } from './LimitsForm'
import { basisQuery, usePropose } from './queries'
import { Table } from './Table'

export function Planner({ roster, month }: { roster: Roster; month: string }) {
  const { t } = useTranslation()
  const { first, days } = monthOf(month)
  const what = t('roster_plan.title')
  const skeleton = <PanelSkeleton rows={10} rowHeight={36} />
  return (
    <Loaded query={planQuery(roster.id, first, days)} what={what} skeleton={skeleton}>
      {(plan) => (
        <Loaded query={basisQuery(roster.id, first, days)} what={what} skeleton={skeleton}>
          {(basis) => <Planning plan={plan} basis={basis} />}
        </Loaded>
      )}
    </Loaded>
  )
}

const usual = (plan: Plan): Limits => ({
  places: placesOf(beginningIn(plan)).map(() => null),
  rest_hours: 10,
  nights_in_a_row: 1,
  most_shifts: null,
})

/** The draft, of the version that was read; `answer` is null once something is changed by hand. */
function useDraft(plan: Plan) {
  const [draft, setDraft] = useState(() => begin(plan))
  const [limits, setLimits] = useState(() => usual(plan))
  const [version, setVersion] = useState(plan.version)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [faults, setFaults] = useState<Fault[]>([])
  const change = (next: Draft) => {
    setDraft(next)
    setAnswer(null)
    setFaults([])
  }
  const limit = (next: Limits) => {
    setLimits(next)
    setAnswer(null)
  }
  const take = (of: Plan) => {
    change({ ...draft, ...saved(of) })
    setVersion(of.version)
  }
  const proposing = usePropose(plan.roster.id, {
    onDone: (found) => {
      setDraft((before) => answered(before, found, serverNow()))
      setAnswer(found)
      setFaults([])
    },
    onProblem: (problem, { kept }) => {
      const found = faultsOf(problem).map((each) => {
        const shift = kept[each.n]
        return { ...each, n: draft.shifts.findIndex((one) => shift && same([one], [shift])) }
      })
      setFaults(found)
      return found.length > 0
    },
  })
  const saving = useSaveShifts(
    { ...plan, version },
    {
      onDone: take,
      onProblem: (problem) => {
        const found = faultsOf(problem)
        setFaults(found)
        return found.length > 0
      },
    },
  )
  const propose = (by: Limits = limits) => {
    setLimits(by)
    proposing.mutate(asked(plan, draft, by, serverNow()))
  }
  const unsaved = !same(draft.shifts, beginningIn(plan))
  const stale = plan.version !== version && !saving.isPending
  return {
    draft,
    change,
    limits,
    limit,
    answer,
    faults,
    take,
    propose,
    proposing,
    saving,
    unsaved,
    stale,
  }
}

function Planning({ plan, basis }: { plan: Plan; basis: Basis }) {
  const { t } = useTranslation()
  const of = useDraft(plan)
  const { draft, limits, proposing, saving } = of
  return (
    <>
      {!basis.installed && <Notice>{t('roster_plan.missing')}</Notice>}
      {basis.unknown.length > 0 && (
        <Notice tone="urgent">
          {t('roster_plan.unknown', { years: basis.unknown.join(t('rosters.comma')) })}
        </Notice>
      )}
      {of.stale && (
        <Notice
          tone="urgent"
          action={<Button onClick={() => of.take(plan)}>{t('roster_plan.take')}</Button>}
        >
          {t('roster_plan.stale')}
        </Notice>
      )}
      <LimitsForm limits={limits} plan={plan} onChange={of.limit} />
      <div className={css.acts}>
        <Button
          type={of.unsaved ? 'default' : 'primary'}
          disabled={!basis.installed}
          loading={proposing.isPending}
          onClick={() => of.propose()}
        >
          {t(draft.shifts.length > 0 ? 'roster_plan.again' : 'roster_plan.propose')}
        </Button>
        <span className="secondary" role="status">
          {proposing.isPending ? t('roster_plan.wait') : ''}
        </span>
        <span className="push">
          {of.unsaved && <Button onClick={() => of.take(plan)}>{t('rosters.discard')}</Button>}{' '}
          <Button
            type="primary"
            disabled={!of.unsaved || of.stale || proposing.isPending}
            loading={saving.isPending}
            onClick={() => saving.mutate([...draft.shifts])}
          >
            {t('roster_plan.adopt')}
          </Button>
        </span>
      </div>
      <Faults faults={of.faults} shifts={[...draft.shifts]} people={plan.people} />
      {of.answer && (
        <Answered
          {...{ plan, limits }}
          answer={of.answer}
          busy={proposing.isPending}
          onEase={of.propose}
        />
      )}
      <Table {...{ plan, basis, draft }} places={limits.places.length} onChange={of.change} />
      <Leaving unsaved={(of.unsaved || draft.wishes.size > 0) && !saving.isPending} />
    </>
  )
}
