/** A recurring time is planned, or changed: all of it, from a day on, or once; beside it what comes of it. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Limits, useLimits } from '../../../consultation/Limits'
import { End } from '../../../consultation/series/End'
import { Foot, Sides, useEdited } from '../../../consultation/series/Form'
import { InDrawer, type Leaves } from '../../../consultation/series/InDrawer'
import { OneOnly } from '../../../consultation/series/OneOnly'
import { type Scope, Scopes } from '../../../consultation/series/Scopes'
import { isTimes } from '../../../consultation/series/times'
import { DayField } from '../../../kit/DayField'
import { Notice } from '../../../kit/Notice'
import { useAct } from '../../../kit/useAct'
import { type Draft, draftOf, given, lacks, MOST_MINUTES, takesTheSame } from './draft'
import { Preview } from './Preview'
import {
  type Choices,
  changeOne,
  changeSeries,
  choicesQuery,
  endSeries,
  planSeries,
  type Series,
} from './queries'
import { SeriesFields } from './SeriesFields'
import { useSeriesWords } from './words'

/** `begins`: with what of a series is changed, where its rule can be read. */
type Props = { row: Series | null; begins: Scope; onClose: () => void }
const CHANGES = { booking: '*', work: '*' } as const

export function SeriesDrawer({ row, begins, onClose }: Props) {
  const { t } = useTranslation()
  const { what } = useSeriesWords()
  return (
    <InDrawer
      title={row ? t('recurring.edit_of', { what: what(row) }) : t('recurring.add')}
      what={t('recurring.title')}
      choices={choicesQuery()}
      onClose={onClose}
    >
      {(choices, leaves) => <Form {...{ row, begins, choices, onClose }} {...leaves} />}
    </InDrawer>
  )
}

type FormProps = Props & Leaves & { choices: Choices }

function Form({ row: live, begins, choices, onUnsaved, onLeave, onClose }: FormProps) {
  const { t } = useTranslation()
  const [scope, setScope] = useState<Scope>(live && !live.unreadable ? begins : 'all')
  const [since, setSince] = useState('')
  const form = useEdited(live, draftOf, onUnsaved)
  const { row, draft } = form
  const from = scope === 'since' ? since : ''
  const saving = useSaving(row, draft, from, onClose)
  const missing = [
    ...lacks(draft).map((key) => t(isTimes(key) ? `series.${key}` : `recurring.${key}`)),
    ...(scope === 'since' && !since ? [t('series.since')] : []),
  ]
  const scopes = row && !row.unreadable && (
    <Scopes
      on={scope}
      hints={{
        all: t('recurring.scope_all'),
        since: t('series.scope_hint.since'),
        one: t('series.scope_hint.one'),
      }}
      put={(next) => {
        form.follow()
        saving.limited.forget()
        setScope(next)
      }}
    />
  )
  if (live && scope === 'one') return <One row={live} above={scopes} />
  const series = missing.length === 0 ? given(draft, from) : null
  return (
    <Sides beside={<Preview id={row?.id ?? null} series={series} />}>
      {saving.stale && <Notice tone="urgent">{t('recurring.stale')}</Notice>}
      {scopes}
      {scope === 'since' && (
        <DayField label={t('series.since')} value={since} onChange={setSince} />
      )}
      <SeriesFields
        row={row}
        draft={draft}
        choices={choices}
        set={(part) => {
          saving.limited.forget()
          form.set(part)
        }}
      />
      <Limits {...saving.limited} />
      <Foot
        save={t('recurring.save')}
        missing={missing}
        refusal={saving.limited.missing}
        busy={saving.busy}
        onLeave={onLeave}
        onSave={saving.save}
      >
        {row && <EndOf row={row} onDone={onClose} />}
      </Foot>
    </Sides>
  )
}

/** What limits it meets is asked once it is saved; the reason that it had stands while it takes the same time. */
function useSaving(row: Series | null, draft: Draft, from: string, onDone: () => void) {
  const { t } = useTranslation()
  const [stale, setStale] = useState(false)
  const limited = useLimits([], row?.override_reason)
  const stands = row !== null && takesTheSame(draft, draftOf(row)) ? row.override_reason : ''
  const act = useAct({
    run: () => {
      const series = given(draft, from, limited.limits.length > 0 ? limited.override : stands)
      return row ? changeSeries(row, series, from || null) : planSeries(series)
    },
    changes: CHANGES,
    done: t(row ? 'recurring.saved' : 'recurring.planned'),
    onDone,
    onProblem: (problem) => {
      setStale(problem.status === 412)
      return limited.refused(problem) || problem.status === 412
    },
  })
  return { stale, limited, busy: act.isPending, save: () => act.mutate() }
}

function One({ row, above }: { row: Series; above: ReactNode }) {
  const series = given(draftOf(row))
  return (
    <OneOnly
      above={above}
      list={(acts) => <Preview id={row.id} series={series} acts={acts} />}
      run={(on, change) => changeOne(row, on, change)}
      changes={CHANGES}
      most={MOST_MINUTES}
      by
    />
  )
}

function EndOf({ row, onDone }: { row: Series; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <End
      words={{
        title: t('recurring.end'),
        hint: t('recurring.end_hint'),
        done: t('recurring.end_done'),
      }}
      run={(last, reason) => endSeries(row, last, reason)}
      changes={CHANGES}
      onDone={onDone}
    />
  )
}
