/** What is done with a written report: submitting, taking back, giving back, issuing. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import {
  type AddendumIn,
  addend,
  issue,
  type Reading,
  type ReportText,
  revise,
  submitReport,
  takeBack,
} from './queries'
import type { ReportDraft } from './reportDraft'
import type { Compared } from './useComparison'

const KINDS = ['addition', 'correction'] as const

export function useReportActs(reading: Reading) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'revise' | 'addend' | null>(null)
  const changes = { reading: '*', work: '*' } as const
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
  })
  const revising = useAct({
    run: (reason: string) => revise(reading, reason),
    changes,
    done: t('reading.report.revised'),
    onDone: () => setAsking(null),
  })
  const adding = useAct({
    run: (said: AddendumIn) => addend(reading, said),
    changes,
    done: t('reading.addendum.done'),
    onDone: () => setAsking(null),
  })
  return {
    submit: submitting.mutate,
    takeBack: () => takingBack.mutate(),
    issue: issuing.mutate,
    revise: () => setAsking('revise'),
    addend: () => setAsking('addend'),
    busy: [submitting, takingBack, issuing, revising, adding].some(({ isPending }) => isPending),
    dialog:
      asking === 'revise' ? (
        <ReasonDialog
          title={t('reading.report.revise_title')}
          confirm={t('reading.report.revise')}
          words={{ label: t('reading.report.revise_why'), required: true, max: 500, rows: 3 }}
          refusal={({ reason }) => (reason ? null : t('reading.report.revise_missing'))}
          busy={revising.isPending}
          onDo={({ reason }) => revising.mutate(reason)}
          onClose={() => setAsking(null)}
        />
      ) : (
        asking && (
          <ReasonDialog<AddendumIn['kind']>
            title={t('reading.addendum.title')}
            confirm={t('reading.addendum.confirm')}
            about={<p className="secondary">{t('reading.addendum.about')}</p>}
            codes={{
              label: t('reading.addendum.kind'),
              options: KINDS.map((value) => ({ value, label: t(`reading.addendum.${value}`) })),
            }}
            words={{ label: t('reading.addendum.text'), required: true, max: 3000, rows: 5 }}
            refusal={({ codes, reason }) =>
              codes.length && reason ? null : t('reading.addendum.missing')
            }
            busy={adding.isPending}
            onDo={({ codes: [kind], reason: text }) => kind && adding.mutate({ kind, text })}
            onClose={() => setAsking(null)}
          />
        )
      ),
  }
}
