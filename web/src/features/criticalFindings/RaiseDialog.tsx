/** Raising a critical finding: a row of the modality's list, or one's own words; and what is to be read back of it. */
import { useQuery } from '@tanstack/react-query'
import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { catalogueQuery, type Listed, raise } from './queries'
import { ValueField } from './Value'
import { useFindingWords } from './words'

const OWN = 'own' // the choice of one's own words
const EMPTY = { code: '', finding: '', value: '', unit: '', by: 'number' as 'number' | 'side' }
type Said = typeof EMPTY
type Props = { reading: string; modality: string; onClose: () => void }

export function RaiseDialog({ reading, modality, onClose }: Props) {
  const { t } = useTranslation()
  const { word } = useFindingWords()
  const { data } = useQuery(catalogueQuery(modality))
  const [said, setSaid] = useState(EMPTY)
  const set = (part: Partial<Said>) => setSaid((old) => ({ ...old, ...part }))
  const listed = data?.items.find(({ code }) => code === said.code)
  const raising = useAct({
    run: () => raise(reading, bodyOf(said)),
    changes: { critical_finding: '*', reading },
    done: t('critical.done.raise'),
    onDone: onClose,
  })
  const chosen = [
    ...(data?.items ?? []).map(({ code, name }) => ({ value: code, label: word(name) })),
    { value: OWN, label: t('critical.own_words') },
  ]
  return (
    <Dialog
      title={t('critical.do.raise')}
      confirm={t('critical.do.raise_now')}
      danger
      busy={raising.isPending}
      refusal={isWhole(said) ? null : t('critical.raise_missing')}
      onConfirm={() => raising.mutate()}
      onClose={onClose}
    >
      <p className="secondary">{t('critical.raise_hint')}</p>
      <Field label={t('critical.finding')} required>
        {(ids) => (
          <Select
            {...ids}
            showSearch={{ optionFilterProp: 'label' }}
            value={said.code || null}
            options={chosen}
            placeholder={t('critical.finding_hint')}
            onChange={(code) => set({ ...EMPTY, code })}
          />
        )}
      </Field>
      {listed && (
        <ValueField row={listed} value={said.value} onChange={(value) => set({ value })} />
      )}
      {said.code === OWN && <OwnWords said={said} sides={data?.sides ?? []} set={set} />}
    </Dialog>
  )
}

const bodyOf = ({ code, finding, value, unit, by }: Said): Schemas['RaiseIn'] =>
  code === OWN
    ? { code: '', finding, value, unit: by === 'number' ? unit : '' }
    : { code, finding: '', value, unit: '' }

const isWhole = ({ code, finding, value, unit, by }: Said): boolean =>
  Boolean(code && value.trim()) &&
  (code !== OWN || Boolean(finding.trim() && (by === 'side' || unit.trim())))

type Own = { said: Said; sides: Listed['words']; set: (part: Partial<Said>) => void }

function OwnWords({ said, sides, set }: Own) {
  const { t } = useTranslation()
  const asks = said.by === 'number' ? t('critical.value') : t('critical.side')
  return (
    <>
      <Field label={t('critical.own')} required>
        {(ids) => (
          <Input
            {...ids}
            maxLength={120}
            value={said.finding}
            onChange={(event) => set({ finding: event.target.value })}
          />
        )}
      </Field>
      <Radio.Group
        aria-label={t('critical.value')}
        value={said.by}
        options={(['number', 'side'] as const).map((value) => ({
          value,
          label: t(`critical.by.${value}`),
        }))}
        onChange={(event) => set({ by: event.target.value, value: '' })}
      />
      <ValueField
        row={{
          asks: { zh: asks, en: asks },
          unit: '',
          words: said.by === 'number' ? [] : sides,
        }}
        value={said.value}
        onChange={(value) => set({ value })}
      />
      {said.by === 'number' && (
        <Field label={t('critical.unit')} required>
          {(ids) => (
            <Input
              {...ids}
              maxLength={16}
              value={said.unit}
              onChange={(event) => set({ unit: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}
