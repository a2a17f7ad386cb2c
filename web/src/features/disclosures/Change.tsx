/** Each field of a change with what it was and what it is; what would fill the page is folded. */
import { Button } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './audit.module.css'
import type { Row } from './queries'
import { type Moved, moved } from './shifts'
import { useAuditWords } from './words'

/** So many fields, shifts and characters are seen without unfolding. */
const FIELDS = 8
const SHIFTS = 3
const LONG = 160

/** What only says of which it is stands on both sides alike. */
export function Change({ row }: { row: Row }) {
  const words = useAuditWords().change(row)
  const { before, after } = { before: row.before ?? {}, after: row.after ?? {} }
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const lines = fields.map((field) => (
    <li key={field}>
      <span className="secondary">{words.field(field)}</span>{' '}
      {field === 'shifts' ? (
        <Shifts row={row} all={moved(before[field], after[field])} />
      ) : (
        <WasAndIs
          was={field in before ? words.value(before[field], field) : null}
          is={words.value(after[field], field)}
        />
      )}
    </li>
  ))
  return <Folded shown={FIELDS} lines={lines} />
}

function WasAndIs({ was, is }: { was: string | null; is: string }) {
  if (was === is) return <Long text={is} />
  return (
    <>
      {was !== null && (
        <>
          <del>
            <Long text={was} />
          </del>
          {' → '}
        </>
      )}
      <ins>
        <Long text={is} />
      </ins>
    </>
  )
}

/** How many shifts were added, changed and taken out, and the first of them. */
function Shifts({ row, all }: { row: Row; all: readonly Moved[] }) {
  const { t } = useTranslation()
  const { shift } = useAuditWords().change(row)
  const count = (of: Moved['how']) => all.filter(({ how }) => how === of).length
  const counts = (['added', 'changed', 'removed'] as const).filter((how) => count(how))
  return (
    <>
      {counts.map((how) => t(`audit.shifts.${how}`, { n: count(how) })).join(t('audit.comma'))}
      <Folded
        shown={SHIFTS}
        lines={all.map(({ how, was, is }) => (
          <li key={`${how}${JSON.stringify(was ?? is)}`}>
            {t(`audit.shift.${how}`)} {was && <del>{shift(was)}</del>}
            {was && is && ' → '}
            {is && <ins>{shift(is)}</ins>}
          </li>
        ))}
      />
    </>
  )
}

function Folded({ lines, shown }: { lines: ReactNode[]; shown: number }) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  const rest = lines.length - shown
  return (
    <>
      <ul className={css.change} id={id}>
        {open ? lines : lines.slice(0, shown)}
      </ul>
      {rest > 0 && (
        <Unfold open={open} of={id} onClick={() => setOpen(!open)}>
          {t(open ? 'audit.fold' : 'audit.unfold_more', { n: rest })}
        </Unfold>
      )}
    </>
  )
}

function Long({ text }: { text: string }) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  if (text.length <= LONG) return text
  return (
    <>
      <span id={id}>{open ? text : `${text.slice(0, LONG)}…`}</span>{' '}
      <Unfold open={open} of={id} onClick={() => setOpen(!open)}>
        {t(open ? 'audit.fold' : 'audit.unfold')}
      </Unfold>
    </>
  )
}

type UnfoldProps = { open: boolean; of: string; onClick: () => void; children: ReactNode }

function Unfold({ open, of, onClick, children }: UnfoldProps) {
  return (
    <Button
      type="link"
      size="small"
      className={css.unfold ?? ''}
      aria-expanded={open}
      aria-controls={of}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
