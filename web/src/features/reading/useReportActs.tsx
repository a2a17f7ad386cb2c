/** What is done with a written report: submitting, taking back, giving back, issuing. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { issue, type Reading, type ReportText, revise, submitReport, takeBack } from './queries'
import type { ReportDraft } from './reportDraft'

export function useReportActs(reading: Reading) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const changes = { reading: '*', work: '*' } as const
  const submitting = useAct({
    // What was typed last is saved first: exactly that is submitted.
    run: async (draft: ReportDraft) => submitReport(reading, (await draft.settled()).version),
    changes,
    done: t('reading.report.submitted'),
  })
  const takingBack = useAct({
    run: () => takeBack(reading),
    changes,
    done: t('reading.report.taken_back'),
  })
  const issuing = useAct({
    run: (text: ReportText) => issue(reading, text),
    changes,
    done: t('reading.report.issued'),
  })
  const revising = useAct({
    run: (reason: string) => revise(reading, reason),
    changes,
    done: t('reading.report.revised'),
    onDone: () => setAsking(false),
  })
  return {
    submit: submitting.mutate,
    takeBack: () => takingBack.mutate(),
    issue: issuing.mutate,
    revise: () => setAsking(true),
    busy: [submitting, takingBack, issuing, revising].some(({ isPending }) => isPending),
    dialog: asking && (
      <ReasonDialog
        title={t('reading.report.revise_title')}
        confirm={t('reading.report.revise')}
        words={{ label: t('reading.report.revise_why'), required: true, max: 500, rows: 3 }}
        refusal={({ reason }) => (reason ? null : t('reading.report.revise_missing'))}
        busy={revising.isPending}
        onDo={({ reason }) => revising.mutate(reason)}
        onClose={() => setAsking(false)}
      />
    ),
  }
}
