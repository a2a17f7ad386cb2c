/** By weeks: on which weekdays, every how many weeks. By months: on which one of a weekday, every how many months. */
import { Checkbox, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../kit/Field'
import { DAYS, NTHS, type Rule } from './rule'
import css from './series.module.css'
import { nthKey } from './words'

type Props = { rule: Rule; onChange: (rule: Rule) => void }

export function RuleFields({ rule, onChange }: Props) {
  const { t } = useTranslation()
  const set = (part: Partial<Rule>) => onChange({ ...rule, ...part })
  const weekly = rule.each === 'week'
  return (
    <>
      <Field label={t('series.each')}>
        {({ id }) => (
          <Radio.Group
            id={id}
            aria-label={t('series.each')}
            value={rule.each}
            options={(['week', 'month'] as const).map((value) => ({
              ...{ value, label: t(`series.${value}`) },
            }))}
            onChange={({ target }) => set({ each: target.value, days: rule.days.slice(0, 1) })}
          />
        )}
      </Field>
      {!weekly && (
        <Field label={t('series.nth')} required>
          {({ id }) => (
            <Select
              id={id}
              value={rule.nth}
              options={NTHS.map((value) => ({
                ...{ value, label: t(`series.rule.nth.${nthKey(value)}`) },
              }))}
              onChange={(nth) => set({ nth })}
            />
          )}
        </Field>
      )}
      <Field label={t('series.days')} required>
        {({ id }) => <Days id={id} rule={rule} set={set} />}
      </Field>
      <Field label={t(weekly ? 'series.every_weeks' : 'series.every_months')} required>
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={1}
            max={12}
            value={rule.every}
            onChange={({ target }) => set({ every: Math.max(1, Math.round(Number(target.value))) })}
          />
        )}
      </Field>
    </>
  )
}

type DaysProps = { id: string; rule: Rule; set: (part: Partial<Rule>) => void }

/** Of a week several, of a month one. */
function Days({ id, rule, set }: DaysProps) {
  const { t } = useTranslation()
  const options = DAYS.map((value) => ({ value, label: t(`series.rule.day.${value}`) }))
  const [first = ''] = rule.days
  const label = t('series.days')
  return rule.each === 'week' ? (
    <div id={id}>
      <Checkbox.Group
        className={css.days ?? ''}
        value={rule.days}
        options={options}
        onChange={(days) => set({ days: DAYS.filter((day) => days.includes(day)) })}
      />
    </div>
  ) : (
    <Radio.Group
      id={id}
      aria-label={label}
      className={css.days ?? ''}
      value={first}
      options={options}
      onChange={({ target }) => set({ days: [target.value] })}
    />
  )
}
