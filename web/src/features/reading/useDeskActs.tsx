/** What one does with a reading from the list or its page. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { type Asking, DeskDialog } from './DeskDialog'
import {
  type Reading,
  type ReturnCode,
  type Row,
  readingQuery,
  release,
  resend,
  sendBack,
  withdraw,
} from './queries'
import { useClaims } from './useClaims'

export const may = (row: Row & { actions?: Reading['actions'] }, act: Reading['actions'][number]) =>
  row.actions?.includes(act) ?? false

export function useDeskActs() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = () => setAsking(null)
  const queries = useQueryClient()
  const go = ({ id }: Row) => void navigate(paths.reading(id))
  /** What has just been claimed is shown as it was answered: its page need not ask again first. */
  const goTo = (now: Reading) => {
    queries.setQueryData(readingQuery(now.id).queryKey, now)
    close()
    go(now)
  }
  const changes = { reading: '*' } as const
  const { claiming, first, next } = useClaims(goTo, (early) =>
    setAsking({ what: 'out_of_order', ...early }),
  )
  const releasing = useAct({
    run: (row: Reading) => release(row.id),
    changes,
    done: t('reading.release_free'),
  })
  const returning = useAct({
    run: ({ row, code, why }: { row: Reading; code: ReturnCode; why: string }) =>
      sendBack(row, code, why),
    changes: { reading: '*', work: '*' },
    done: t('reading.returned'),
    onDone: close,
  })
  const resending = useAct({
    run: ({ row, history }: { row: Reading; history: string }) =>
      resend(row, { question: null, history }),
    changes: { reading: '*', work: '*' },
    done: t('reading.resent'),
    onDone: close,
  })
  const withdrawing = useAct({
    run: ({ row, why }: { row: Reading; why: string }) => withdraw(row, why),
    changes: { reading: '*', work: '*' },
    done: t('reading.was_withdrawn'),
    onDone: close,
  })
  return {
    /** Opens it; claims it first if nobody has it, and asks why if a colleague does. */
    open: (row: Reading) => {
      if (may(row, 'claim')) claiming.mutate({ row })
      else if (may(row, 'take_over')) setAsking({ what: 'take_over', row })
      else go(row)
    },
    look: go,
    next: () => next.mutate(),
    release: (row: Reading) => may(row, 'release') && releasing.mutate(row),
    sendBack: (row: Reading) => may(row, 'return') && setAsking({ what: 'return', row }),
    resend: (row: Reading) => may(row, 'resend') && setAsking({ what: 'resend', row }),
    withdraw: (row: Reading) => may(row, 'withdraw') && setAsking({ what: 'withdraw', row }),
    busy: claiming.isPending || first.isPending || next.isPending || releasing.isPending,
    dialogs: asking && (
      <DeskDialog
        asking={asking}
        busy={[claiming, first, returning, resending, withdrawing].some(
          ({ isPending }) => isPending,
        )}
        onFirst={first.mutate}
        onClaim={(why) => claiming.mutate({ row: asking.row, why })}
        onReturn={(code, why) => returning.mutate({ row: asking.row, code, why })}
        onResend={(history) => resending.mutate({ row: asking.row, history })}
        onWithdraw={(why) => withdrawing.mutate({ row: asking.row, why })}
        onClose={close}
      />
    ),
  }
}
