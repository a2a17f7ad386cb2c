/** The dialogs that ask why: taking over, reading out of order, sending back, and what is said anew when it is sent
 *  again. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Countdown } from '../../kit/Countdown'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { ReasonDialog } from '../../kit/ReasonDialog'
import type { Reading, ReturnCode } from './queries'
import css from './reading.module.css'
import type { Waiting } from './useClaims'
import { useReadingWords } from './words'

const CODES: readonly ReturnCode[] = [
  'incomplete',
  'quality',
  'wrong_patient',
  'no_history',
  'other',
]

export type Asking =
  | { what: 'take_over' | 'return' | 'resend' | 'withdraw'; row: Reading }
  | { what: 'out_of_order'; row: Reading; waiting: Waiting }

type Props = {
  asking: Asking
  busy: boolean
  onClaim: (why: string) => void
  /** Claims the more urgent one instead. */
  onFirst: (id: string) => void
  onReturn: (code: ReturnCode, why: string) => void
  onResend: (history: string) => void
  onWithdraw: (why: string) => void
  onClose: () => void
}

export function DeskDialog({ asking, busy, onClose, ...on }: Props) {
  const all = { busy, onClose, row: asking.row }
  if (asking.what === 'out_of_order')
    return <OutOfOrder {...all} {...asking} onDo={on.onClaim} onFirst={on.onFirst} />
  const { what } = asking
  if (what === 'take_over') return <TakeOver {...all} onDo={on.onClaim} />
  if (what === 'return') return <SendBack {...all} onDo={on.onReturn} />
  if (what === 'withdraw') return <Withdraw {...all} onDo={on.onWithdraw} />
  return <Resend {...all} onDo={on.onResend} />
}

type Ask = { busy: boolean; onClose: () => void; row: Reading }

/** A list moves while one looks at it: who it is about is read where it is done. */
function Whom({ row }: { row: Reading }) {
  const words = useReadingWords()
  return (
    <p>
      <b>{words.who(row)}</b> {words.examination(row)}
    </p>
  )
}

function TakeOver({ row, onDo, ...p }: Ask & { onDo: (why: string) => void }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  return (
    <ReasonDialog
      {...p}
      title={t('reading.take_over_title', { name: row.claim ? named(row.claim) : '' })}
      confirm={t('reading.take_over')}
      about={<Whom row={row} />}
      words={{ label: t('reading.take_over_why'), required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('reading.take_over_missing'))}
      onDo={({ reason }) => onDo(reason)}
    />
  )
}

type Early = Ask & {
  waiting: Waiting
  onDo: (why: string) => void
  onFirst: (id: string) => void
}

function OutOfOrder({ waiting, row, onDo, onFirst, ...p }: Early) {
  const { t } = useTranslation()
  return (
    <ReasonDialog
      {...p}
      title={t('reading.early.title')}
      confirm={t('reading.early.confirm')}
      about={
        <>
          <Whom row={row} />
          <p className={css.early}>
            <span>
              {t('reading.early.waits')} <b>{t(`reading.urgency.${waiting.urgency}`)}</b>{' '}
              <Countdown due={waiting.due_at} />
            </span>
            <Button disabled={p.busy} onClick={() => onFirst(waiting.id)}>
              {t('reading.early.first')}
            </Button>
          </p>
        </>
      }
      words={{ label: t('reading.early.why'), required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('reading.early.missing'))}
      onDo={({ reason }) => onDo(reason)}
    />
  )
}

function SendBack({ row, onDo, ...p }: Ask & { onDo: (code: ReturnCode, why: string) => void }) {
  const { t } = useTranslation()
  return (
    <ReasonDialog<ReturnCode>
      {...p}
      title={t('reading.return_title')}
      confirm={t('reading.return')}
      danger
      about={<Whom row={row} />}
      codes={{
        label: t('reading.return_why'),
        options: CODES.map((value) => ({ value, label: t(`reading.code.${value}`) })),
      }}
      words={{ label: t('reading.return_words') }}
      refusal={({ codes: [code], reason }) => {
        if (!code) return t('reading.return_missing')
        return code === 'other' && !reason ? t('reading.return_say') : null
      }}
      onDo={({ codes: [code], reason }) => code && onDo(code, reason)}
    />
  )
}

function Withdraw({ row, onDo, ...p }: Ask & { onDo: (why: string) => void }) {
  const { t } = useTranslation()
  return (
    <ReasonDialog
      {...p}
      title={t('reading.withdraw_title')}
      confirm={t('reading.withdraw')}
      danger
      about={
        <>
          <Whom row={row} />
          <p className="secondary">{t('reading.withdraw_hint')}</p>
        </>
      }
      words={{ label: t('reading.withdraw_why'), required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('reading.withdraw_missing'))}
      onDo={({ reason }) => onDo(reason)}
    />
  )
}

function Resend({ row, onDo, ...p }: Ask & { onDo: (history: string) => void }) {
  const { t } = useTranslation()
  const [history, setHistory] = useState(row.history)
  return (
    <Dialog
      title={t('reading.resend_title')}
      confirm={t('reading.resend')}
      busy={p.busy}
      onConfirm={() => onDo(history)}
      onClose={p.onClose}
    >
      <Whom row={row} />
      <p>
        {row.return_code && t(`reading.code.${row.return_code}`)} {row.return_words}
      </p>
      <Field label={t('reading.history')} hint={t('reading.history_hint')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={4}
            maxLength={2000}
            value={history}
            onChange={(event) => setHistory(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
