/** A series is planned, or changed: all of it, from a day on, or one round; beside it what comes of it. */
import { Button, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../../../kit/Drawer'
import { EmptyState } from '../../../kit/EmptyState'
import { useLeaving } from '../../../kit/Leaving'
import { Loaded } from '../../../kit/Loaded'
import { Notice } from '../../../kit/Notice'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { useAct } from '../../../kit/useAct'
import { type Choices, changeSeries, choicesQuery, planSeries, type Series } from '../queries'
import { useRoundWords } from '../words'
import { type Draft, draftOf, given, lacks } from './draft'
import { EndDialog } from './EndDialog'
import { OneOnly } from './OneOnly'
import { Preview } from './Preview'
import { DayField, SeriesFields } from './SeriesFields'
import css from './series.module.css'

type Props = { row: Series | null; onClose: () => void }
const SCOPES = ['all', 'since', 'one'] as const
type Scope = (typeof SCOPES)[number]

export function SeriesDrawer({ row, onClose }: Props) {
  const { t } = useTranslation()
  const { ward } = useRoundWords()
  const [unsaved, setUnsaved] = useState(false)
  const { leave, question } = useLeaving(unsaved, onClose)
  return (
    <Drawer
      open
      width={1080}
      title={row ? t('rounds.series.edit_of', { ward: ward(row) }) : t('rounds.series.add')}
      onClose={leave}
    >
      <Loaded
        query={choicesQuery()}
        what={t('rounds.tab.series')}
        skeleton={<PanelSkeleton rows={8} />}
      >
        {(choices) => (
          <Form
            row={row}
            choices={choices}
            onUnsaved={setUnsaved}
            onLeave={leave}
            onClose={onClose}
          />
        )}
      </Loaded>
      {question}
    </Drawer>
  )
}

type FormProps = Props & {
  choices: Choices
  onUnsaved: (unsaved: boolean) => void
  onLeave: () => void
}

function Form({ row: live, choices, onUnsaved, onLeave, onClose }: FormProps) {
  const { t } = useTranslation()
  const [scope, setScope] = useState<Scope>('all')
  const [since, setSince] = useState('')
  const form = useForm(live, choices, onUnsaved)
  const { row, draft } = form
  const from = scope === 'since' ? since : ''
  const saving = useSaving(form, from, onClose)
  const missing = [
    ...lacks(draft).map((key) => t(`rounds.series.${key}`)),
    ...(scope === 'since' && !since ? [t('rounds.series.since')] : []),
  ]
  const scopes = row && (
    <Scopes
      on={scope}
      put={(next) => {
        form.follow()
        setScope(next)
      }}
    />
  )
  if (live && scope === 'one')
    return <OneOnly row={live} given={given(draftOf(live, choices))} above={scopes} />
  return (
    <div className={css.sides}>
      <div className={css.form}>
        {saving.stale && <Notice tone="urgent">{t('rounds.series.stale')}</Notice>}
        {scopes}
        {scope === 'since' && (
          <DayField label={t('rounds.series.since')} value={since} onChange={setSince} />
        )}
        {choices.branches.length === 0 ? (
          <NoBranch />
        ) : (
          <SeriesFields row={row} draft={draft} choices={choices} set={form.set} />
        )}
        <Foot missing={missing} busy={saving.busy} onLeave={onLeave} onSave={saving.save}>
          {row && <End row={row} onClose={onClose} />}
        </Foot>
      </div>
      <Preview
        id={row?.id ?? null}
        leads={choices.leads}
        series={missing.length === 0 ? given(draft, from) : null}
      />
    </div>
  )
}

/** The series as it was opened: what a colleague saves meanwhile is refused, not overwritten. */
function useForm(live: Series | null, choices: Choices, onUnsaved: (unsaved: boolean) => void) {
  const [row, setRow] = useState(live)
  const [begun, setBegun] = useState(() => draftOf(live, choices))
  const [draft, setDraft] = useState(begun)
  const typed = JSON.stringify(draft) !== JSON.stringify(begun)
  return {
    row,
    draft,
    set: (part: Partial<Draft>) => {
      const next = { ...draft, ...part }
      setDraft(next)
      onUnsaved(JSON.stringify(next) !== JSON.stringify(begun))
    },
    /** Nothing is typed, and one of its rounds may have been changed here. */
    follow: () => {
      if (typed) return
      setRow(live)
      setBegun(draftOf(live, choices))
      setDraft(draftOf(live, choices))
    },
  }
}

type Edited = { row: Series | null; draft: Draft }

function useSaving({ row, draft }: Edited, from: string, onDone: () => void) {
  const { t } = useTranslation()
  const [stale, setStale] = useState(false)
  const act = useAct({
    run: () => (row ? changeSeries(row, given(draft), from || null) : planSeries(given(draft))),
    changes: { round: '*', booking: '*' },
    done: t(row ? 'rounds.series.saved' : 'rounds.series.planned'),
    onDone,
    onProblem: ({ status }) => {
      setStale(status === 412)
      return status === 412
    },
  })
  return { stale, busy: act.isPending, save: () => act.mutate() }
}

type FootProps = {
  missing: string[]
  busy: boolean
  onLeave: () => void
  onSave: () => void
  children: ReactNode
}

function Foot({ missing, busy, onLeave, onSave, children }: FootProps) {
  const { t } = useTranslation()
  const fields = missing.join(t('state.comma'))
  return (
    <div className={css.foot}>
      {children}
      <span className="secondary small push">
        {missing.length > 0 && t('rounds.series.lacks', { fields })}
      </span>
      <Button onClick={onLeave}>{t('rounds.series.cancel')}</Button>
      <Button type="primary" loading={busy} disabled={missing.length > 0} onClick={onSave}>
        {t('rounds.series.save')}
      </Button>
    </div>
  )
}

function NoBranch() {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('rounds.series.no_branch')} hint={t('rounds.series.no_branch_hint')} />
  )
}

function Scopes({ on, put }: { on: Scope; put: (scope: Scope) => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.scopes}>
      <Segmented
        aria-label={t('rounds.series.scope')}
        value={on}
        options={SCOPES.map((value) => ({ value, label: t(`rounds.series.scopes.${value}`) }))}
        onChange={put}
      />
      <p className="secondary small">{t(`rounds.series.scope_hint.${on}`)}</p>
    </div>
  )
}

function End({ row, onClose }: { row: Series; onClose: () => void }) {
  const { t } = useTranslation()
  const [ending, setEnding] = useState(false)
  return (
    <>
      <Button danger onClick={() => setEnding(true)}>
        {t('rounds.series.end')}…
      </Button>
      {ending && <EndDialog row={row} onDone={onClose} onClose={() => setEnding(false)} />}
    </>
  )
}
