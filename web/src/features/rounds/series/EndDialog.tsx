/** A series ends: on which day its last round may be, and why. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { useAct } from '../../../kit/useAct'
import { siteDay } from '../../../zone'
import { endSeries, type Series } from '../queries'
import { DayField } from './SeriesFields'

type Props = { row: Series; onDone: () => void; onClose: () => void }

export function EndDialog({ row, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const [last, setLast] = useState(() => siteDay(serverNow()))
  const [reason, setReason] = useState('')
  const act = useAct({
    run: () => endSeries(row, last, reason.trim()),
    changes: { round: '*', booking: '*' },
    done: t('rounds.series.end_done'),
    onDone,
  })
  return (
    <Dialog
      title={t('rounds.series.end')}
      confirm={t('rounds.series.end')}
      danger
      busy={act.isPending}
      refusal={last && reason.trim() ? null : t('rounds.series.end_needed')}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <p className="secondary">{t('rounds.series.end_hint')}</p>
      <DayField label={t('rounds.series.end_last')} value={last} onChange={setLast} />
      <Field label={t('rounds.why')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
