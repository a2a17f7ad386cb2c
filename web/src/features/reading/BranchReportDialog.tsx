/** The branch gives its own report to an over-read, or a further version of it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { Dialog } from '../../kit/Dialog'
import { useAct } from '../../kit/useAct'
import { BranchReportFields } from './BranchReportFields'
import { type BranchReport, isWhole, nothing, sent, type Typed } from './branchReport'
import { addBranchReport, type Reading } from './queries'

/** One begins with the text of the version that is there. */
export function BranchReportDialog({
  reading,
  onClose,
}: {
  reading: Reading
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const [typed, setTyped] = useState(() => after(reading.branch_reports[0], actor.name))
  const adding = useAct({
    run: async () => addBranchReport(reading, await sent(typed)),
    changes: { reading: '*' },
    done: t('reading.branch_report.added'),
    onDone: onClose,
  })
  return (
    <Dialog
      title={t(
        reading.branch_report ? 'reading.branch_report.change' : 'reading.branch_report.add',
      )}
      confirm={t('reading.branch_report.send')}
      busy={adding.isPending}
      refusal={isWhole(typed) ? null : t('reading.branch_report.missing')}
      onConfirm={() => adding.mutate()}
      onClose={onClose}
    >
      {reading.branch_report > 0 && (
        <p className="secondary">{t('reading.branch_report.versions')}</p>
      )}
      <BranchReportFields
        typed={typed}
        onType={(some) => setTyped((old) => ({ ...old, ...some }))}
      />
    </Dialog>
  )
}

function after(before: BranchReport | undefined, name: string): Typed {
  if (!before) return nothing(name)
  const { author, written_at, findings, impression } = before
  return { author, written_at, findings, impression, file: null }
}
