/** Sends a busy time; what was booked before comes back, to be given up or kept. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, type Schemas } from '../../api/client'
import type { Clash, Span } from '../../consultation/bookings'
import { useAct } from '../../kit/useAct'
import type { NewBusy } from './BusyForm'
import type { Decided, Over } from './GivingUp'
import type { Limit } from './LimitsDialog'

export type Asked = NewBusy & { span: Span; resource: string }
type Sent = Asked & Decided & { override: string }

const NOTHING = { given_up: [], kept: [], words: '', override: '' }

export function useBusy() {
  const { t } = useTranslation()
  const [over, setOver] = useState<(Over & { sent: Sent }) | null>(null)
  const [limited, setLimited] = useState<{ limits: Limit[]; sent: Sent } | null>(null)
  const close = () => {
    setOver(null)
    setLimited(null)
  }
  const act = useAct<Sent, Schemas['BusyOut']>({
    run: ({ span, resource, ...rest }, key) => {
      const times = {
        starts_at: new Date(span.start).toISOString(),
        ends_at: new Date(span.end).toISOString(),
      }
      return body(
        client.POST('/api/calendar/busy', {
          headers: idempotent(key),
          body: { ...rest, ...times, resource_id: resource, note: '' },
        }),
      )
    },
    changes: { booking: '*' },
    done: t('scheduling.saved'),
    onDone: close,
    onProblem: ({ extra }, sent) => {
      if (extra.reason === 'limits') {
        setLimited({ limits: extra.limits as Limit[], sent })
        return true
      }
      if (extra.reason !== 'clash') return false
      const clashes = extra.clashes as Clash[]
      const idsOf = (some: unknown) => new Set((some as string[] | undefined) ?? [])
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
