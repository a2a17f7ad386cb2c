/** What each service costs, by the title of whoever gives it. */
import { Button, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import css from './places.module.css'

type Fee = Schemas['Fee']
const SERVICES = ['consultation', 'reading', 'round', 'teaching'] as const
const TITLES = ['chief', 'associate_chief', 'attending'] as const
const PAYERS = ['patient', 'branch'] as const
const FEN = 100
const NEW: Fee = { service: 'consultation', title: null, fen: 0, payer: 'patient' }

export function Fees({ fees, onChange }: { fees: Fee[]; onChange: (fees: Fee[]) => void }) {
  const { t } = useTranslation()
  const set = (n: number, change: Partial<Fee>) =>
    onChange(fees.map((fee, m) => (m === n ? { ...fee, ...change } : fee)))
  return (
    <fieldset>
      <legend>{t('places.agreement.fees')}</legend>
      {fees.length === 0 && (
        <span className="secondary small">{t('places.agreement.fees_none')}</span>
      )}
      {fees.map((fee, n) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a fee is its place in the list
          key={n}
          fee={fee}
          onChange={(change) => set(n, change)}
          onRemove={() => onChange(fees.filter((_, m) => m !== n))}
        />
      ))}
      <span>
        <Button onClick={() => onChange([...fees, NEW])}>{t('places.agreement.fee_add')}</Button>
      </span>
    </fieldset>
  )
}

type LineProps = { fee: Fee; onChange: (change: Partial<Fee>) => void; onRemove: () => void }

function Line({ fee, onChange, onRemove }: LineProps) {
  const { t } = useTranslation()
  return (
    <div className={css.fee}>
      <Select
        aria-label={t('places.agreement.services')}
        value={fee.service}
        onChange={(service) => onChange({ service })}
        options={SERVICES.map((value) => ({
          value,
          label: t(`places.agreement.service.${value}`),
        }))}
      />
      <Select<(typeof TITLES)[number] | ''>
        aria-label={t('staff.field.title')}
        value={(fee.title as (typeof TITLES)[number] | null) ?? ''}
        onChange={(title) => onChange({ title: title || null })}
        options={[
          { value: '', label: t('places.agreement.any_title') },
          ...TITLES.map((value) => ({ value, label: t(`title.${value}`) })),
        ]}
      />
      <InputNumber
        aria-label={t('places.agreement.yuan')}
        min={0}
        max={100_000}
        precision={2}
        value={fee.fen / FEN}
        onChange={(yuan) => onChange({ fen: Math.round((yuan ?? 0) * FEN) })}
      />
      <Select
        aria-label={t(`places.agreement.payer.${fee.payer ?? 'patient'}`)}
        value={fee.payer ?? 'patient'}
        onChange={(payer) => onChange({ payer })}
        options={PAYERS.map((value) => ({ value, label: t(`places.agreement.payer.${value}`) }))}
      />
      <Button onClick={onRemove}>{t('places.agreement.fee_remove')}</Button>
    </div>
  )
}
