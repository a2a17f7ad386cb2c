/** The next times of what is being planned, live, and all that stands in the way of each. */
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { useProblemText } from '../../kit/problemText'
import css from './series.module.css'
import { type Coming, type Said, useWhenWords } from './words'

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

type Props<T extends Coming> = {
  items: readonly T[] | undefined
  /** Null before something was asked, while what it needs is missing. */
  asked: unknown
  error: Error | null
  busy: boolean
  /** What the form still needs. */
  wait: string
  say: (one: T) => Said
  /** How it stands, beside its time. */
  beside?: (one: T) => ReactNode
  act?: ((one: T) => ReactNode) | undefined
}

export function ComingList<T extends Coming>({ items, asked, error, busy, wait, ...p }: Props<T>) {
  const { t } = useTranslation()
  const text = useProblemText()
  const shown = asked && !error ? items : undefined
  return (
    <Panel title={t('series.coming.title')} note={busy && t('series.coming.checking')} tight>
      {!asked && <p className="secondary">{wait}</p>}
      {Boolean(asked) && error && (
        <p role="alert" className="late">
          {t('series.coming.failed', { why: text(error) })}
        </p>
      )}
      <ol className={css.rows} aria-label={t('series.coming.title')} aria-busy={busy}>
        {shown?.map((one) => (
          <One
            key={one.on}
            at={one.starts_at}
            said={p.say(one)}
            beside={p.beside?.(one)}
            act={p.act?.(one)}
          />
        ))}
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
