/** 值班表: who is on duty when, filled week by week by whoever keeps the roster. */
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { useRole } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { EmptyState } from '../../kit/EmptyState'
import { ImportLink } from '../../kit/ImportLink'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { useRosterWords } from '../../kit/rosterWords'
import { PanelSkeleton } from '../../kit/Skeletons'
import { siteDay } from '../../zone'
import { MakeDialog, SettingsDialog } from './Dialogs'
import { Month } from './Month'
import { monthAfter } from './planner/draft'
import { Months } from './planner/Months'
import { Planner } from './planner/Planner'
import { planQuery, rostersQuery } from './queries'
import css from './rosters.module.css'
import { Week } from './Week'
import { addDays, DAYS, mondayOf, type Roster, WEEKS } from './week'

type Show = 'week' | 'month' | 'plan'
const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('rosters.title')} note={t('rosters.note')}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Loaded
          query={rostersQuery()}
          what={t('rosters.title')}
          skeleton={<PanelSkeleton rows={8} rowHeight={48} />}
        >
          {(found) => <Page found={found} />}
        </Loaded>
      </div>
    </>
  )
}

/** The roster and the week of the address. */
function useChosen(items: readonly Roster[]) {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('week') ?? ''
  const day = DAY.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : siteDay(serverNow())
  const wanted = search.get('month') ?? ''
  const month = MONTH.test(wanted) ? wanted : monthAfter(siteDay(serverNow()), 1)
  const roster =
    items.find(({ id }) => id === search.get('roster')) ??
    items.find(({ may_keep }) => may_keep) ??
    items[0]
  const asks = (['month', 'plan'] as const).find((each) => each === search.get('show')) ?? 'week'
  const show: Show = asks === 'plan' && !roster?.may_keep ? 'week' : asks
  const go = (next: { roster?: string; week?: string; show?: Show; month?: string }) => {
    const kept = { roster: roster?.id ?? '', week: mondayOf(day), show, month: wanted, ...next }
    setSearch(Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== '')), {
      replace: true,
    })
  }
  return { roster, monday: mondayOf(day), show, month, go }
}

function Page({ found }: { found: Schemas['RosterList'] }) {
  const { t } = useTranslation()
  const { title } = useRosterWords()
  const { roster, monday, show, month, go } = useChosen(found.items)
  const [making, setMaking] = useState(false)
  const administrator = useRole('administrator')
  const make = (
    <>
      <Button disabled={found.to_make.length === 0} onClick={() => setMaking(true)}>
        {t('rosters.make')}
      </Button>
      {administrator && <ImportLink kind="roster" />}
    </>
  )
  return (
    <>
      {roster ? (
        <>
          <div className={css.acts}>
            <select
              className={css.pick}
              aria-label={t('rosters.which')}
              value={roster.id}
              onChange={({ target }) => go({ roster: target.value })}
            >
              {found.items.map((each) => (
                <option key={each.id} value={each.id}>
                  {title(each)}
                </option>
              ))}
            </select>
            {make}
            {roster.may_keep && <Settings key={roster.version} roster={roster} />}
          </div>
          <Gaps roster={roster} />
          <Bar {...{ roster, monday, show, month, go }} />
          {show === 'plan' ? (
            <Planner key={`${roster.id}${month}`} {...{ roster, month }} />
          ) : (
            <Shown key={`${roster.id}${monday}${show}`} {...{ roster, monday, show, go }} />
          )}
        </>
      ) : (
        <EmptyState
          title={t('rosters.empty')}
          hint={t('rosters.empty_hint')}
          action={<div className={css.acts}>{make}</div>}
        />
      )}
      {making && (
        <MakeDialog
          subjects={found.to_make}
          onDone={({ id }) => {
            setMaking(false)
            go({ roster: id })
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  )
}

function Settings({ roster }: { roster: Roster }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('rosters.settings')}</Button>
      {open && <SettingsDialog roster={roster} onClose={() => setOpen(false)} />}
    </>
  )
}

/** What nobody covers within the next seven days. */
function Gaps({ roster }: { roster: Roster }) {
  const { t } = useTranslation()
  const { span } = useRosterWords()
  if (!roster.begun) return <p className="secondary">{t('rosters.not_begun')}</p>
  if (roster.gaps.length === 0) return <p className="secondary">{t('rosters.no_gaps')}</p>
  const list = roster.gaps
    .map(({ start, end }) => span({ start: Date.parse(start), end: Date.parse(end) }))
    .join(t('rosters.comma'))
  return <p className={css.gaps}>{t('rosters.gaps', { count: roster.gaps.length, list })}</p>
}

type Go = ReturnType<typeof useChosen>['go']
type BarProps = { roster: Roster; monday: string; show: Show; month: string; go: Go }

function Bar({ roster, monday, show, month, go }: BarProps) {
  const { t } = useTranslation()
  return (
    <div className={css.acts}>
      <Segmented<Show>
        aria-label={t('rosters.show')}
        value={show}
        options={[
          { value: 'week', label: t('rosters.week') },
          { value: 'month', label: t('rosters.month') },
          ...(roster.may_keep ? [{ value: 'plan' as const, label: t('roster_plan.title') }] : []),
        ]}
        onChange={(value) => go({ show: value })}
      />
      {show === 'plan' ? (
        <Months month={month} onChange={(value) => go({ month: value })} />
      ) : (
        <Weeks {...{ monday, show, go }} />
      )}
    </div>
  )
}

function Weeks({ monday, show, go }: { monday: string; show: 'week' | 'month'; go: Go }) {
  const { t } = useTranslation()
  const by = show === 'week' ? DAYS : DAYS * WEEKS
  return (
    <>
      <Button onClick={() => go({ week: addDays(monday, -by) })}>
        {t(`rosters.before.${show}`)}
      </Button>
      <Button onClick={() => go({ week: siteDay(serverNow()) })}>{t('rosters.this_week')}</Button>
      <Button onClick={() => go({ week: addDays(monday, by) })}>
        {t(`rosters.after.${show}`)}
      </Button>
    </>
  )
}

type ShownProps = { roster: Roster; monday: string; show: 'week' | 'month'; go: Go }

function Shown({ roster, monday, show, go }: ShownProps) {
  const { t } = useTranslation()
  const days = show === 'week' ? DAYS : DAYS * WEEKS
  return (
    <Loaded
      query={planQuery(roster.id, monday, days)}
      what={t('rosters.title')}
      skeleton={<PanelSkeleton rows={6} rowHeight={48} />}
    >
      {(plan) =>
        show === 'week' ? (
          <Week key={plan.version} plan={plan} />
        ) : (
          <Month plan={plan} onWeek={(week) => go({ week, show: 'week' })} />
        )
      }
    </Loaded>
  )
}
