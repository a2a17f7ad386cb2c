/** What is asked before a busy time is entered: what becomes of what was booked before, and why limits are passed over. */
import { GivingUp } from './GivingUp'
import { LimitsDialog } from './LimitsDialog'
import type { useBusy } from './useBusy'

export function BusyDialogs(p: { entering: ReturnType<typeof useBusy>; zone: string }) {
  const { over, limited, busy, decide, dismiss } = p.entering
  if (limited) return <LimitsDialog {...limited} zone={p.zone} busy={busy} />
  if (!over) return null
  return (
    <GivingUp
      over={over}
      kind={over.sent.kind}
      zone={p.zone}
      busy={busy}
      onSave={decide}
      onClose={dismiss}
    />
  )
}
