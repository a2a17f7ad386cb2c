/** A work item: its text opens a preview, and one button does it. A tick box takes it into what is done together. */
import type { ReactNode } from 'react'
import { Countdown } from './Countdown'
import type { Urgency } from './types'
import { UrgencyTag } from './UrgencyTag'
import css from './WorkRow.module.css'

type Props = {
  id: string
  /** Null for what is no consultation. */
  urgency: Urgency | null
  kind: string
  /** The patient, or a text in their place. */
  who: string
  hidden?: boolean
  place: string
  text: string
  due: string | null
  since?: string
  chosen?: boolean
  /** Stands before the urgency. */
  tick?: ReactNode
  /** In place of the deadline, for what is as good as done: there is nothing to look at any more. */
  held?: ReactNode
  /** Opens the preview; the row's text is the button. */
  onLook: () => void
  /** The name of the preview's button for screen readers. */
  lookLabel: string
  action: ReactNode
}

export function WorkRow(p: Props) {
  return (
    <li
      data-row={p.id}
      {...(p.held ? { 'data-held': '' } : {})}
      className={`${css.row} ${p.chosen || p.held ? css.chosen : ''}`}
    >
      <span className={css.urgency}>
        {p.tick}
        {p.urgency && <UrgencyTag urgency={p.urgency} narrow />}
      </span>
      <span className={css.kind}>{p.kind}</span>
      <span className={p.hidden ? 'secondary' : css.name}>{p.who}</span>
      <span className={`secondary ${css.place}`}>{p.place}</span>
      <button
        type="button"
        className={css.look}
        disabled={Boolean(p.held)}
        onClick={p.onLook}
        aria-label={p.lookLabel}
      >
        <span className={css.text} title={p.text}>
          {p.text}
        </span>
      </button>
      <span className={css.due}>
        {p.held}
        {!p.held && p.due && <Countdown due={p.due} {...(p.since ? { since: p.since } : {})} />}
      </span>
      <span className={css.act}>{p.action}</span>
    </li>
  )
}
