/** The form of a series beside what comes of it, and its foot. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './series.module.css'

export function Sides({ beside, children }: { beside: ReactNode; children: ReactNode }) {
  return (
    <div className={css.sides}>
      <div className={css.form}>{children}</div>
      {beside}
    </div>
  )
}

/** Short fields, as many in a line as have room. */
export const Pair = ({ children }: { children: ReactNode }) => (
  <div className={css.pair}>{children}</div>
)

/** The series as it was opened: what a colleague saves meanwhile is refused, not overwritten. */
export function useEdited<Row, Draft>(
  live: Row | null,
  draftOf: (row: Row | null) => Draft,
  onUnsaved: (unsaved: boolean) => void,
) {
  const [row, setRow] = useState(live)
  const [begun, setBegun] = useState(() => draftOf(live))
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
    /** Nothing is typed, and one of its times may have been changed here. */
    follow: () => {
      if (typed) return
      setRow(live)
      setBegun(draftOf(live))
      setDraft(draftOf(live))
    },
  }
}

type FootProps = {
  save: string
  /** The names of the fields that are still empty. */
  missing: string[]
  /** What else is in the way of saving, as a sentence. */
  refusal?: string | null
  busy: boolean
  onLeave: () => void
  onSave: () => void
  children: ReactNode
}

export function Foot({ save, missing, refusal, busy, onLeave, onSave, children }: FootProps) {
  const { t } = useTranslation()
  const fields = missing.join(t('state.comma'))
  const why = missing.length > 0 ? t('series.lacks', { fields }) : refusal
  return (
    <div className={css.foot}>
      {children}
      <span className="secondary small push">{why}</span>
      <Button onClick={onLeave}>{t('series.cancel')}</Button>
      <Button type="primary" loading={busy} disabled={Boolean(why)} onClick={onSave}>
        {save}
      </Button>
    </div>
  )
}
