/** A series ends: on which day its last time may be, and why. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import type { Changes } from '../../api/stale'
import { DayField } from '../../kit/DayField'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { siteDay } from '../../zone'

type Props = {
  words: { title: string; hint: string; done: string }
  run: (last: string, reason: string) => Promise<unknown>
  changes: Changes
  onDone: () => void
}

/** A button, and the dialog behind it. */
export function End(p: Props) {
  const [ending, setEnding] = useState(false)
  return (
    <>
      <Button danger onClick={() => setEnding(true)}>
        {p.words.title}…
      </Button>
      {ending && <EndDialog {...p} onClose={() => setEnding(false)} />}
    </>
  )
}

function EndDialog({ words, run, changes, onDone, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation()
  const [last, setLast] = useState(() => siteDay(serverNow()))
  const [reason, setReason] = useState('')
  const act = useAct({ run: () => run(last, reason.trim()), changes, done: words.done, onDone })
  return (
    <Dialog
      title={words.title}
      confirm={words.title}
      danger
      busy={act.isPending}
      refusal={last && reason.trim() ? null : t('series.end_needed')}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <p className="secondary">{words.hint}</p>
      <DayField label={t('series.end_last')} value={last} onChange={setLast} />
      <Field label={t('series.why')} required>
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
