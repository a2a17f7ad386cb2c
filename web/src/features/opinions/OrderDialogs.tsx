/** What is asked before an order is recorded, or before an advice is not carried out. */

import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import type { Changes } from '../../api/stale'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { NotOrder } from '../../kit/NotOrder'
import { usePeopleWords } from '../../kit/people'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { SitePicker } from '../../kit/SitePicker'
import { useAct } from '../../kit/useAct'
import { declineAdvice, recordOrder } from './advice'
import type { Advice } from './queries'

const LONGEST = 60

type DialogProps = { advice: Advice; changes: Changes; onClose: () => void }

export function OrderDialog({ advice, changes, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const [number, setNumber] = useState('')
  const [at, setAt] = useState<string | null>(() => new Date(serverNow()).toISOString())
  const [by, setBy] = useState(actor.name)
  const save = useAct({
    run: () =>
      recordOrder(advice, {
        order_number: number.trim(),
        ordered_at: at,
        ordered_by: by.trim(),
      }),
    changes,
    done: t('opinions.order.saved'),
    onDone: onClose,
  })
  // Not `maxLength`, which silently cuts a number that is pasted.
  const long = number.trim().length > LONGEST ? t('form.too_long', { most: String(LONGEST) }) : null
  const refusal = !by.trim() || (!number.trim() && !at) ? t('opinions.order.one_of') : long
  return (
    <Dialog
      title={t('opinions.order.title')}
      confirm={t('opinions.order.save')}
      busy={save.isPending}
      refusal={refusal}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <p>
        <b>{advice.n}</b> {advice.text}
      </p>
      <Field
        label={t('opinions.order.number')}
        hint={t('form.longest', { most: String(LONGEST) })}
        error={long}
      >
        {(ids) => (
          <Input {...ids} value={number} onChange={(event) => setNumber(event.target.value)} />
        )}
      </Field>
      <Field label={t('opinions.order.at')}>
        {({ id }) => <SitePicker id={id} value={at} onChange={setAt} />}
      </Field>
      <Field label={t('opinions.order.by')} required>
        {(ids) => (
          <Input
            {...ids}
            maxLength={LONGEST}
            // The record names the doctor in characters, whichever language the page has.
            value={by === actor.name ? named(actor) : by}
            onChange={({ target: { value } }) => setBy(value === named(actor) ? actor.name : value)}
          />
        )}
      </Field>
      <NotOrder />
    </Dialog>
  )
}

export function DeclineDialog({ advice, changes, onClose }: DialogProps) {
  const { t } = useTranslation()
  const save = useAct({
    run: (reason: string) => declineAdvice(advice, reason),
    changes,
    done: t('opinions.order.saved'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('opinions.order.decline_title')}
      confirm={t('opinions.order.decline')}
      danger
      busy={save.isPending}
      about={
        <p>
          <b>{advice.n}</b> {advice.text}
        </p>
      }
      words={{ label: t('opinions.order.reason'), rows: 2, required: true }}
      refusal={({ reason }) => (reason ? null : t('opinions.reply.reason_hint'))}
      onDo={({ reason }) => save.mutate(reason)}
      onClose={onClose}
    />
  )
}
