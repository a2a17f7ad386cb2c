/** The next times of what is being planned, live, and all that stands in the way of each. */
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { useProblemText } from '../../kit/problemText'
import css from './series.module.css'
import { type Coming, type LeftOut, type Said, useWhenWords } from './words'

const PAUSE_MS = 400

/** Follows when nothing has been typed for a moment. */
export function useSettled<T>(given: T): T {
  const [settled, setSettled] = useState(given)
  const now = JSON.stringify(given)
  useEffect(() => {
    const soon = setTimeout(() => setSettled(JSON.parse(now)), PAUSE_MS)
    return () => clearTimeout(soon)
  }, [now])
  return settled
}

/** What can be done to a time to come, and to one that was left out. */
export type Acts = {
  coming: (one: Coming) => ReactNode
  leftOut: (one: LeftOut) => ReactNode
}
type Props<T extends Coming> = {
  items: readonly T[] | undefined
  leftOut: readonly LeftOut[] | undefined
  /** Null before something was asked, while what it needs is missing. */
  asked: unknown
  error: Error | null
  busy: boolean
  /** What the form still needs. */
  wait: string
  say: (one: T) => Said
  /** How it stands, beside its time. */
  beside?: (one: T) => ReactNode
  acts?: Acts | undefined
}

export function ComingList<T extends Coming>({ items, asked, error, busy, wait, ...p }: Props<T>) {
  const { t } = useTranslation()
  const text = useProblemText()
  const known = Boolean(asked) && !error
  const lines = [
    ...(items ?? []).map((one) => ({
      on: one.on,
      line: (
        <One
          at={one.starts_at}
          said={p.say(one)}
          beside={p.beside?.(one)}
          act={p.acts?.coming(one)}
        />
      ),
    })),
    ...(p.leftOut ?? []).map((one) => ({
      on: one.on,
      line: <Out one={one} act={p.acts?.leftOut(one)} />,
    })),
  ].sort((one, other) => one.on.localeCompare(other.on))
  return (
    <Panel title={t('series.coming.title')} note={busy && t('series.coming.checking')} tight>
      {!asked && <p className="secondary">{wait}</p>}
      {Boolean(asked) && error && (
        <p role="alert" className="late">
          {t('series.coming.failed', { why: text(error) })}
        </p>
      )}
      <ol className={css.rows} aria-label={t('series.coming.title')} aria-busy={busy}>
        {known && lines.map(({ on, line }) => <Fragment key={on}>{line}</Fragment>)}
      </ol>
    </Panel>
  )
}

type OneProps = { at: string; said: Said; beside: ReactNode; act: ReactNode }

function One({ at, said: { conflicts, limits, quiet }, beside, act }: OneProps) {
  const { t } = useTranslation()
  const when = useWhenWords()
  return (
    <li className={css.coming}>
      <span className={css.head}>
        <b>{when(at)}</b>
        {beside}
        {conflicts.length + limits.length === 0 && (
          <Pill tone="done">{t('series.coming.clear')}</Pill>
        )}
        {act}
      </span>
      {conflicts.map((each) => (
        <span key={each} className="late small">
          {each}
        </span>
      ))}
      {limits.map((each) => (
        <span key={each} className="soon small">
          {each}
        </span>
      ))}
      {quiet.map((each) => (
        <span key={each} className="secondary small">
          {each}
        </span>
      ))}
    </li>
  )
}

function Out({ one, act }: { one: LeftOut; act: ReactNode }) {
  const { t } = useTranslation()
  const when = useWhenWords()
  return (
    <li className={`${css.coming} secondary`}>
      <span className={css.head}>
        <s>{when(one.starts_at)}</s>
        <span>{t('series.coming.left_out')}</span>
        {act}
      </span>
      {one.reason && <span className="small">{one.reason}</span>}
    </li>
  )
}
