/** 录入体征、检验与医嘱: by hand or pasted from a table, where no hospital system brings them. */
import { Button, Input } from 'antd'
import { type Dispatch, type SetStateAction, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../../api/client'
import { serverNow } from '../../../api/clock'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { PickFile } from '../../../kit/PickFile'
import { useAct } from '../../../kit/useAct'
import type { VitalSign } from '../../../kit/vitals'
import { toField } from '../../../zone'
import css from './charting.module.css'
import { EMPTY, type Line, measureOf, pasted, textOf } from './pasted'

type Props = { patient: string; bed: string; onClose: () => void }
/** What is asked for first: its name and unit as charts have them, and what is normal in adults. */
const SIGNS: [VitalSign, string, string, string, string][] = [
  ['temperature', '体温', '℃', '36.0', '37.3'],
  ['heart_rate', '心率', '次/分', '60', '100'],
  ['respiration', '呼吸', '次/分', '12', '20'],
  ['blood_pressure', '血压', 'mmHg', '', ''],
  ['oxygen_saturation', 'SpO₂', '%', '95', ''],
]
type Values = Partial<Record<VitalSign, string>>

export function EnterDialog({ patient, bed, onClose }: Props) {
  const { t } = useTranslation()
  const [at, setAt] = useState(() => toField(new Date(serverNow()).toISOString()))
  const [signs, setSigns] = useState<Values>({})
  const [tests, setTests] = useState<Line[]>([EMPTY])
  const [orders, setOrders] = useState('')
  const vitals = SIGNS.map(([code, name, unit, ref_low, ref_high]) => {
    return { ...EMPTY, name, unit, ref_low, ref_high, value: signs[code]?.trim() ?? '' }
  })
  const measured = [...vitals, ...tests]
    .filter(({ name, value }) => name && value)
    .map((each) => measureOf(each, at))
  const ordered = orders
    .split('\n')
    .map((each) => each.trim())
    .filter(Boolean)
  const save = useAct({
    run: () =>
      body(
        client.POST('/api/patients/{id}/chart', {
          params: { path: { id: patient } },
          body: {
            measured,
            orders: ordered.map((text) => ({ text, medicine: true, started_at: null })),
          } as Schemas['ChartedIn'],
        }),
      ),
    changes: { chart: patient },
    done: t('rounds_charting.done'),
    onDone: onClose,
  })
  const half = tests.find(({ name, value }) => Boolean(name) !== Boolean(value))
  const nothing = measured.length + ordered.length === 0 ? t('rounds_charting.nothing') : null
  return (
    <Dialog
      title={t('rounds_charting.title', { bed })}
      confirm={t('rounds_charting.save')}
      busy={save.isPending}
      refusal={half ? t('rounds_charting.half', { name: half.name || half.value }) : nothing}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <p className="secondary small">{t('rounds_charting.hint')}</p>
      <Field label={t('rounds_charting.at')}>
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
        )}
      </Field>
      <Signs values={signs} onChange={setSigns} />
      <Tests lines={tests} onChange={setTests} />
      <Field label={t('rounds_charting.orders')} hint={t('rounds_charting.orders_hint')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={orders}
            onChange={({ target }) => setOrders(target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

type SignsProps = { values: Values; onChange: Dispatch<SetStateAction<Values>> }

function Signs({ values, onChange }: SignsProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={css.signs}>
      <legend>{t('rounds_charting.vitals')}</legend>
      {SIGNS.map(([code, , unit]) => (
        <Field key={code} label={t(`vital.${code}`)}>
          {(ids) => (
            <Input
              {...ids}
              inputMode={code === 'blood_pressure' ? 'text' : 'decimal'}
              placeholder={code === 'blood_pressure' ? '120/80' : ''}
              suffix={unit === '次/分' ? t('vital.unit.per_minute') : unit}
              value={values[code] ?? ''}
              onChange={({ target }) => onChange((old) => ({ ...old, [code]: target.value }))}
            />
          )}
        </Field>
      ))}
    </fieldset>
  )
}

const CELLS = ['name', 'value', 'unit', 'ref_low', 'ref_high'] as const
type TestsProps = { lines: Line[]; onChange: Dispatch<SetStateAction<Line[]>> }

function Tests({ lines, onChange }: TestsProps) {
  const { t } = useTranslation()
  const id = useId()
  const change = (n: number, more: Partial<Line>) =>
    onChange((old) => old.map((line, at) => (at === n ? { ...line, ...more } : line)))
  return (
    <section className={css.tests} aria-labelledby={id}>
      <h3 id={id}>{t('rounds_charting.tests')}</h3>
      {/* biome-ignore-start lint/suspicious/noArrayIndexKey: lines are told apart by their place alone */}
      {lines.map((line, n) => (
        <div key={n} className={css.line}>
          {CELLS.map((cell) => (
            <Input
              key={cell}
              aria-label={`${t(`rounds_charting.${cell}`)} ${n + 1}`}
              placeholder={t(`rounds_charting.${cell}`)}
              value={line[cell]}
              onChange={({ target }) => change(n, { [cell]: target.value })}
            />
          ))}
        </div>
      ))}
      {/* biome-ignore-end lint/suspicious/noArrayIndexKey: lines are told apart by their place alone */}
      <Button type="link" size="small" onClick={() => onChange((old) => [...old, EMPTY])}>
        {t('rounds_charting.more')}
      </Button>
      <Pasted
        onLines={(found) =>
          onChange((old) => [...old.filter(({ name, value }) => name || value), ...found])
        }
      />
    </section>
  )
}

function Pasted({ onLines }: { onLines: (lines: Line[]) => void }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string | null>(null)
  const take = (text: string) => {
    const { lines, wrong } = pasted(text, serverNow())
    onLines(lines)
    const count = t('rounds_charting.taken', { count: lines.length })
    const not = wrong.length > 0 && t('rounds_charting.wrong', { lines: wrong.join('、') })
    setSaid([count, not].filter(Boolean).join(' '))
  }
  return (
    <Field label={t('rounds_charting.paste')} hint={t('rounds_charting.paste_hint')}>
      {(ids) => (
        <div className={css.paste}>
          <Input.TextArea
            {...ids}
            autoSize={{ minRows: 1, maxRows: 3 }}
            value=""
            placeholder={t('rounds_charting.paste_here')}
            onChange={({ target }) => target.value.trim() && take(target.value)}
          />
          <PickFile
            accept=".csv,.txt,text/csv,text/plain"
            onPick={([file]) => void file?.arrayBuffer().then((bytes) => take(textOf(bytes)))}
          >
            {t('rounds_charting.file')}
          </PickFile>
          <span role="status" className="small">
            {said}
          </span>
        </div>
      )}
    </Field>
  )
}
