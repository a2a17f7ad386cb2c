/** A series is planned, or changed: all of it, from a day on, or one round; beside it what comes of it. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { End } from '../../../consultation/series/End'
import { Foot, Sides, useEdited } from '../../../consultation/series/Form'
import { InDrawer, type Leaves } from '../../../consultation/series/InDrawer'
import { OneOnly } from '../../../consultation/series/OneOnly'
import { type Scope, Scopes } from '../../../consultation/series/Scopes'
import { isTimes } from '../../../consultation/series/times'
import { DayField } from '../../../kit/DayField'
import { EmptyState } from '../../../kit/EmptyState'
import { Notice } from '../../../kit/Notice'
import { useAct } from '../../../kit/useAct'
import {
  type Choices,
  changeOne,
  changeSeries,
  choicesQuery,
  endSeries,
  planSeries,
  type Series,
} from '../queries'
import { useRoundWords } from '../words'
import { type Draft, draftOf, given, lacks, MOST_MINUTES } from './draft'
import { Preview } from './Preview'
import { SeriesFields } from './SeriesFields'

type Props = { row: Series | null; onClose: () => void }

export function SeriesDrawer({ row, onClose }: Props) {
  const { t } = useTranslation()
  const { ward } = useRoundWords()
  return (
    <InDrawer
      title={row ? t('rounds.series.edit_of', { ward: ward(row) }) : t('rounds.series.add')}
      what={t('rounds.tab.series')}
      choices={choicesQuery()}
      onClose={onClose}
    >
      {(choices, leaves) => <Form row={row} choices={choices} onClose={onClose} {...leaves} />}
    </InDrawer>
  )
}

type FormProps = Props & Leaves & { choices: Choices }
const CHANGES = { round: '*', booking: '*' } as const

function Form({ row: live, choices, onUnsaved, onLeave, onClose }: FormProps) {
  const { t } = useTranslation()
  const [scope, setScope] = useState<Scope>('all')
  const [since, setSince] = useState('')
  const form = useEdited(live, (of) => draftOf(of, choices), onUnsaved)
  const { row, draft } = form
  const from = scope === 'since' ? since : ''
  const saving = useSaving(form, from, onClose)
  const missing = [
    ...lacks(draft).map((key) => t(isTimes(key) ? `series.${key}` : `rounds.series.${key}`)),
    ...(scope === 'since' && !since ? [t('series.since')] : []),
  ]
  const scopes = row && !row.unreadable && (
    <Scopes
      on={scope}
      hints={{
        all: t('rounds.series.scope_hint.all'),
        since: t('series.scope_hint.since'),
        one: t('series.scope_hint.one'),
      }}
      put={(next) => {
        form.follow()
        setScope(next)
      }}
    />
  )
  if (live && scope === 'one') return <One row={live} choices={choices} above={scopes} />
  return (
    <Sides
      beside={
        <Preview
          id={row?.id ?? null}
          leads={choices.leads}
          series={missing.length === 0 ? given(draft, from) : null}
        />
      }
    >
      {saving.stale && <Notice tone="urgent">{t('rounds.series.stale')}</Notice>}
      {scopes}
      {scope === 'since' && (
        <DayField label={t('series.since')} value={since} onChange={setSince} />
      )}
      {choices.branches.length === 0 ? (
        <NoBranch />
      ) : (
        <SeriesFields row={row} draft={draft} choices={choices} set={form.set} />
      )}
      <Foot
        save={t('rounds.series.save')}
        missing={missing}
        busy={saving.busy}
        onLeave={onLeave}
        onSave={saving.save}
      >
        {row && <EndOf row={row} onDone={onClose} />}
      </Foot>
    </Sides>
  )
}

type OneProps = { row: Series; choices: Choices; above: ReactNode }

function One({ row, choices, above }: OneProps) {
  const series = given(draftOf(row, choices))
  return (
    <OneOnly
      above={above}
      list={(acts) => <Preview id={row.id} series={series} leads={row.leads} acts={acts} />}
      run={(on, change) => changeOne(row, on, change)}
      changes={CHANGES}
      most={MOST_MINUTES}
    />
  )
}

function EndOf({ row, onDone }: { row: Series; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <End
      words={{
        title: t('rounds.series.end'),
        hint: t('rounds.series.end_hint'),
        done: t('rounds.series.end_done'),
      }}
      run={(last, reason) => endSeries(row, last, reason)}
      changes={CHANGES}
      onDone={onDone}
    />
  )
}

type Edited = { row: Series | null; draft: Draft }

function useSaving({ row, draft }: Edited, from: string, onDone: () => void) {
  const { t } = useTranslation()
  const [stale, setStale] = useState(false)
  const act = useAct({
    run: () => (row ? changeSeries(row, given(draft), from || null) : planSeries(given(draft))),
    changes: CHANGES,
    done: t(row ? 'rounds.series.saved' : 'rounds.series.planned'),
    onDone,
    onProblem: ({ status }) => {
      setStale(status === 412)
      return status === 412
    },
  })
  return { stale, busy: act.isPending, save: () => act.mutate() }
}

function NoBranch() {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('rounds.series.no_branch')} hint={t('rounds.series.no_branch_hint')} />
  )
}
