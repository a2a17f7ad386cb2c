/** Sends a busy time, or another time for one; what was booked before comes back, to be given up or kept, and limits
 *  come back for a reason. */
import { useState } from 'react'
import type { Problem } from '../../api/problem'
import type { Changes } from '../../api/stale'
import type { Clash, Span } from '../../consultation/bookings'
import { useAct } from '../../kit/useAct'
import type { Kind } from './BusyForm'
import type { Decided, Over } from './GivingUp'
import type { Limit } from './LimitsDialog'

export type Sent<Asked> = Asked & Decided & { override: string }

const NOTHING = { given_up: [], kept: [], words: '', override: '' }

type Options<Asked> = {
  run: (sent: Sent<Asked>, key: string) => Promise<unknown>
  done: string
  /** Besides the calendars. */
  changes?: Changes
  onDone?: () => void
  /** Whether another refusal was said by whoever asked. */
  onProblem?: (problem: Problem) => boolean
}
/** Of whom, and when. */
export type Timed = { kind: Kind; span: Span }

export function useOver<Asked extends Timed>(p: Options<Asked>) {
  const [over, setOver] = useState<(Over & { sent: Sent<Asked> }) | null>(null)
  const [limited, setLimited] = useState<{ limits: Limit[]; sent: Sent<Asked> } | null>(null)
  const close = () => {
    setOver(null)
    setLimited(null)
  }
  const act = useAct<Sent<Asked>>({
    run: p.run,
    changes: { booking: '*', ...p.changes },
    done: p.done,
    onDone: () => {
      close()
      p.onDone?.()
    },
    onProblem: (problem, sent) => {
      const { extra } = problem
      if (extra.reason === 'limits') {
        setLimited({ limits: extra.limits as Limit[], sent })
        return true
      }
      if (!extra.given_up && p.onProblem?.(problem)) return true
      if (extra.reason !== 'clash') return false
      const clashes = extra.clashes as Clash[]
      const idsOf = (some: unknown) => new Set((some as string[] | undefined) ?? [])
      setLimited(null)
      setOver({ clashes, givable: idsOf(extra.given_up), arranged: idsOf(extra.arranged), sent })
      return true
    },
  })
  return {
    save: (asked: Asked) => act.mutate({ ...asked, ...NOTHING }),
    decide: (decided: Decided) => over && act.mutate({ ...over.sent, ...decided }),
    busy: act.isPending,
    over,
    dismiss: close,
    limited: limited && {
      limits: limited.limits,
      onDo: (override: string) => act.mutate({ ...limited.sent, override }),
      onClose: close,
    },
  }
}

/** What its dialogs need. */
export type Asking = Pick<
  ReturnType<typeof useOver<Timed>>,
  'over' | 'limited' | 'busy' | 'decide' | 'dismiss'
>

/** As the server takes them. */
export const timesOf = ({ start, end }: Span) => ({
  starts_at: new Date(start).toISOString(),
  ends_at: new Date(end).toISOString(),
})
