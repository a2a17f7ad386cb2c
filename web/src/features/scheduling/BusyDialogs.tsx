/** What is asked before a busy time is entered or moved: what becomes of what was booked before, and why limits are
 *  passed over. */
import { GivingUp } from './GivingUp'
import { LimitsDialog } from './LimitsDialog'
import type { Asking } from './useOver'

export function BusyDialogs(p: { asking: Asking; zone: string; save: string }) {
  const { over, limited, busy, decide, dismiss } = p.asking
  if (limited) return <LimitsDialog {...limited} zone={p.zone} busy={busy} />
  if (!over) return null
  return (
    <GivingUp
      over={over}
      kind={over.sent.kind}
      save={p.save}
      zone={p.zone}
      busy={busy}
      onSave={decide}
      onClose={dismiss}
    />
  )
}
