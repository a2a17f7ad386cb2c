/** By which rule a series comes again, from when on, at what time and for how long. */
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../kit/DayField'
import { Field } from '../../kit/Field'
import { Pair } from './Form'
import { RuleFields } from './RuleFields'
import type { Times } from './times'

type Props = { times: Times; set: (part: Partial<Times>) => void }

export function TimesFields({ times, set }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <RuleFields rule={times.rule} onChange={(rule) => set({ rule })} />
      <Pair>
        <DayField
          label={t('series.starts_on')}
          value={times.starts_on}
          onChange={(starts_on) => set({ starts_on })}
        />
        <Field label={t('series.at')} required>
          {(ids) => (
            <Input
              {...ids}
              type="time"
              value={times.at}
              onChange={({ target }) => set({ at: target.value.slice(0, 5) })}
            />
          )}
        </Field>
        <Field label={t('series.minutes')} required>
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={1}
              value={times.minutes}
              onChange={({ target }) => set({ minutes: target.value })}
            />
          )}
        </Field>
      </Pair>
    </>
  )
}
