/** What is asked before a critical finding is read back, telephoned or acted on. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { usePatientWords } from '../../kit/patient'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { SitePicker } from '../../kit/SitePicker'
import { useAct } from '../../kit/useAct'
import { act, type FindingRow, readBack, tell, withdraw } from './queries'
import { ValueField } from './Value'
import { useFindingWords } from './words'

const changesOf = ({ id }: FindingRow) => ({ critical_finding: id, work: id }) as const
type Props = { row: FindingRow; onClose: () => void }

/** Whose it is and what was found stays above what is asked. */
function Whose({ row }: { row: FindingRow }) {
  const words = useFindingWords()
  const { brief } = usePatientWords()
  return (
    <p>
      <b>{brief(row.patient)}</b> {words.place(row)}
      <br />
      {words.word(row.finding)} · {words.value(row)}
    </p>
  )
}

/** The version moves on with each wrong value: the dialog follows it. */
export function ReadBackDialog({ row: first, onClose }: Props) {
  const { t } = useTranslation()
  const [row, setRow] = useState(first)
  const [value, setValue] = useState('')
  const saying = useAct({
    run: (said: string) => readBack(row, said),
    changes: changesOf(row),
    done: (now) => (now.state === 'notifying' ? '' : t('critical.done.read_back')),
    onDone: (now) => {
      setValue('')
      setRow(now)
      if (now.state !== 'notifying') onClose()
    },
  })
  const wrong = row.wrong > first.wrong
  return (
    <Dialog
      title={t('critical.do.read_back')}
      {...(row.must_telephone ? {} : { confirm: t('critical.do.read_back') })}
      busy={saying.isPending}
      refusal={value.trim() || row.must_telephone ? null : t('critical.value_missing')}
      onConfirm={() => saying.mutate(value.trim())}
      onClose={onClose}
    >
      <Whose row={row} />
      {wrong && !row.must_telephone && <Notice tone="stat">{t('critical.wrong')}</Notice>}
      {row.must_telephone ? (
        <Notice tone="stat">
          {t('critical.wrong_twice', { phone: row.found_by.phone || t('critical.no_phone') })}
        </Notice>
      ) : (
        <>
          <p className="secondary">{t('critical.read_back_hint')}</p>
          <ValueField row={row} value={value} onChange={setValue} />
        </>
      )}
    </Dialog>
  )
}

export function TellDialog({ row, onClose }: Props) {
  const { t } = useTranslation()
  const [call, setCall] = useState({ name: '', number: '', phone: '', heard: '' })
  const set = (part: Partial<typeof call>) => setCall((old) => ({ ...old, ...part }))
  const telling = useAct({
    run: () => tell(row, call),
    changes: changesOf(row),
    done: t('critical.done.tell'),
    onDone: onClose,
  })
  const texts = ['name', 'number', 'phone'] as const
  return (
    <Dialog
      title={t('critical.do.tell')}
      confirm={t('critical.do.record')}
      busy={telling.isPending}
      refusal={call.name.trim() ? null : t('critical.name_missing')}
      onConfirm={() => telling.mutate()}
      onClose={onClose}
    >
      <Whose row={row} />
      {texts.map((each) => (
        <Field key={each} label={t(`critical.call.${each}`)} required={each === 'name'}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={60}
              value={call[each]}
              onChange={(event) => set({ [each]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <p className="secondary">{t('critical.call.heard_hint')}</p>
      <ValueField
        row={row}
        required={false}
        value={call.heard}
        onChange={(heard) => set({ heard })}
      />
    </Dialog>
  )
}

/** Everybody who was told of it is told: the reason is theirs to read. */
export function WithdrawDialog({ row, onClose }: Props) {
  const { t } = useTranslation()
  const withdrawing = useAct({
    run: (reason: string) => withdraw(row, reason),
    changes: { ...changesOf(row), reading: row.reading_id },
    done: t('critical.done.withdraw'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('critical.do.withdraw')}
      confirm={t('critical.do.withdraw')}
      about={<p className="secondary">{t('critical.withdraw_hint')}</p>}
      words={{ label: t('critical.withdraw_why'), required: true, max: 200, rows: 3 }}
      refusal={({ reason }) => (reason ? null : t('critical.withdraw_missing'))}
      busy={withdrawing.isPending}
      onDo={({ reason }) => withdrawing.mutate(reason)}
      onClose={onClose}
    />
  )
}

export function ActDialog({ row, onClose }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const now = () => new Date(serverNow()).toISOString()
  const [done, setDone] = useState(() => ({
    doctor: actor.name,
    action: '',
    informed_at: (row.read_back_at ?? now()) as string | null,
    acted_at: now() as string | null,
  }))
  const set = (part: Partial<typeof done>) => setDone((old) => ({ ...old, ...part }))
  const acting = useAct({
    run: () => {
      const { informed_at, acted_at, ...said } = done
      return act(row, { ...said, informed_at: informed_at ?? now(), acted_at: acted_at ?? now() })
    },
    changes: changesOf(row),
    done: t('critical.done.act'),
    onDone: onClose,
  })
  const lacks = !done.doctor.trim() || !done.action.trim() || !done.informed_at || !done.acted_at
  return (
    <Dialog
      title={t('critical.do.act')}
      confirm={t('critical.do.record')}
      busy={acting.isPending}
      refusal={lacks ? t('critical.act_missing') : null}
      onConfirm={() => acting.mutate()}
      onClose={onClose}
    >
      <Whose row={row} />
      <Field label={t('critical.doctor')} required>
        {(ids) => (
          <Input
            {...ids}
            maxLength={60}
            value={done.doctor}
            onChange={(event) => set({ doctor: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('critical.informed_at')} required>
        {({ id }) => (
          <SitePicker
            id={id}
            value={done.informed_at}
            onChange={(informed_at) => set({ informed_at })}
          />
        )}
      </Field>
      <Field label={t('critical.action')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={500}
            value={done.action}
            placeholder={t('critical.action_hint')}
            onChange={(event) => set({ action: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('critical.acted_at')} required>
        {({ id }) => (
          <SitePicker id={id} value={done.acted_at} onChange={(acted_at) => set({ acted_at })} />
        )}
      </Field>
    </Dialog>
  )
}
