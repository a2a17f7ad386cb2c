/** A work item: its text opens a preview, and one button does it. */
import type { ReactNode } from 'react'
import { Countdown } from './Countdown'
import type { Urgency } from './types'
import { UrgencyTag } from './UrgencyTag'
import css from './WorkRow.module.css'

type Props = {
  urgency: Urgency
  kind: string
  /** The patient, or a text in their place. */
  who: string
  hidden?: boolean
  place: string
  text: string
  due: string | null
  since?: string
  chosen?: boolean
  /** Opens the preview; the row's text is the button. */
  onLook: () => void
  /** The name of the preview's button for screen readers. */
  lookLabel: string
  action: ReactNode
}

export function WorkRow(p: Props) {
  return (
    <li className={`${css.row} ${p.chosen ? css.chosen : ''}`}>
      <span className={css.urgency}>
        <UrgencyTag urgency={p.urgency} />
      </span>
      <span className={css.kind}>{p.kind}</span>
      <span className={p.hidden ? 'secondary' : css.name}>{p.who}</span>
      <span className={`secondary ${css.place}`}>{p.place}</span>
      <button type="button" className={css.look} onClick={p.onLook} aria-label={p.lookLabel}>
        <span className={css.text} title={p.text}>
          {p.text}
        </span>
      </button>
      <span className={css.due}>
        {p.due && <Countdown due={p.due} {...(p.since ? { since: p.since } : {})} />}
      </span>
      <span className={css.act}>{p.action}</span>
    </li>
  )
}
