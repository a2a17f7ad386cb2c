/** What is done with a written report: submitting, taking back, giving back, issuing. */
import { type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../kit/useAct'
import {
  type AddendumIn,
  addend,
  issue,
  issueAlone,
  type Reading,
  type ReportText,
  revise,
  submitReport,
  takeBack,
} from './queries'
import { AddendumDialog, AloneDialog, ReviseDialog } from './ReportDialogs'
import type { ReportDraft } from './reportDraft'
import type { Compared } from './useComparison'
import { useSeen } from './useSeen'

export type Acts = ReturnType<typeof useReportActs>

/** `sharp`: whether all pictures on the screen have come, in their full quality. */
export function useReportActs(reading: Reading, sharp: RefObject<boolean>, onIssued: () => void) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'revise' | 'addend' | null>(null)
  const [alone, setAlone] = useState<ReportDraft | null>(null)
  const close = () => setAsking(null)
  const changes = { reading: reading.id, work: '*' } as const
  const submitting = useAct({
    // What was typed last is saved first: exactly that is submitted.
    run: async ({ draft, compared }: { draft: ReportDraft; compared: Compared }) => {
      const saved = await draft.settled()
      const comparison = compared.sent(saved.impression)
      return submitReport(reading, { report_version: saved.version, comparison })
    },
    changes,
    done: t('reading.report.submitted'),
  })
  const issuingAlone = useAct({
    run: async (draft: ReportDraft) => issueAlone(reading, (await draft.settled()).version),
    changes,
    done: t('reading.report.issued_alone'),
    onDone: () => setAlone(null),
  })
  const takingBack = useAct({
    run: () => takeBack(reading),
    changes,
    done: t('reading.report.taken_back'),
  })
  const issuing = useAct({
    run: ({ text, compared }: { text: ReportText; compared: Compared }) =>
      issue(reading, { ...text, comparison: compared.sent(text.impression) }),
    changes,
    done: t('reading.report.issued'),
    onDone: onIssued,
  })
  const revising = useAct({
    run: (reason: string) => revise(reading, reason),
    changes,
    done: t('reading.report.revised'),
    onDone: close,
  })
  const adding = useAct({
    run: (said: AddendumIn) => addend(reading, said),
    changes,
    done: t('reading.addendum.done'),
    onDone: close,
  })
  const seen = useSeen(sharp)
  return {
    submit: seen(submitting.mutate),
    issueAlone: seen(setAlone),
    takeBack: () => takingBack.mutate(),
    issue: seen(issuing.mutate),
    revise: () => setAsking('revise'),
    addend: () => setAsking('addend'),
    busy: [submitting, issuingAlone, takingBack, issuing, revising, adding].some(
      ({ isPending }) => isPending,
    ),
    dialog: alone ? (
      <AloneDialog
        busy={issuingAlone.isPending}
        onDo={() => issuingAlone.mutate(alone)}
        onClose={() => setAlone(null)}
      />
    ) : asking === 'revise' ? (
      <ReviseDialog busy={revising.isPending} onDo={revising.mutate} onClose={close} />
    ) : (
      asking && (
        <AddendumDialog
          provisional={reading.state === 'provisional'}
          busy={adding.isPending}
          onDo={adding.mutate}
          onClose={close}
        />
      )
    ),
  }
}
