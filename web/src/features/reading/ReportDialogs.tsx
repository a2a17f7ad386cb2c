/** What is asked before a report is issued by one alone, given back, or added to. */
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../kit/Dialog'
import { ReasonDialog } from '../../kit/ReasonDialog'
import type { AddendumIn } from './queries'

const KINDS = ['addition', 'correction'] as const
const REVIEWS = ['review', 'correction', 'addition'] as const

type Props<T> = { busy: boolean; onDo: (said: T) => void; onClose: () => void }

export function AloneDialog({ busy, onDo, onClose }: Props<void>) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('reading.report.alone_title')}
      confirm={t('reading.report.issue_alone')}
      busy={busy}
      refusal={null}
      onConfirm={() => onDo()}
      onClose={onClose}
    >
      <p>{t('reading.report.alone_about')}</p>
    </Dialog>
  )
}

export function ReviseDialog({ busy, onDo, onClose }: Props<string>) {
  const { t } = useTranslation()
  return (
    <ReasonDialog
      title={t('reading.report.revise_title')}
      confirm={t('reading.report.revise')}
      words={{ label: t('reading.report.revise_why'), required: true, max: 500, rows: 3 }}
      refusal={({ reason }) => (reason ? null : t('reading.report.revise_missing'))}
      busy={busy}
      onDo={({ reason }) => onDo(reason)}
      onClose={onClose}
    />
  )
}

/** `provisional`: the report is still to be reviewed, which agreeing to it does without further words. */
export function AddendumDialog({
  provisional,
  busy,
  onDo,
  onClose,
}: Props<AddendumIn> & { provisional: boolean }) {
  const { t } = useTranslation()
  const agreed = t('reading.addendum.agreed')
  return (
    <ReasonDialog<AddendumIn['kind']>
      title={t(provisional ? 'reading.addendum.review_title' : 'reading.addendum.title')}
      confirm={t('reading.addendum.confirm')}
      about={<p className="secondary">{t('reading.addendum.about')}</p>}
      codes={{
        label: t('reading.addendum.kind'),
        options: (provisional ? REVIEWS : KINDS).map((value) => ({
          value,
          label: t(`reading.addendum.${value}`),
        })),
      }}
      words={{
        label: t('reading.addendum.text'),
        ...(provisional ? { hint: t('reading.addendum.review_hint') } : { required: true }),
        max: 3000,
        rows: 5,
      }}
      refusal={({ codes, reason }) =>
        codes.length && (reason || codes[0] === 'review') ? null : t('reading.addendum.missing')
      }
      busy={busy}
      onDo={({ codes: [kind], reason }) => kind && onDo({ kind, text: reason || agreed })}
      onClose={onClose}
    />
  )
}
