/** Another time for something: when it begins, and how long it is. */
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../kit/Field'

type Props = {
  at: string
  minutes: string
  /** The server's bound. */
  most: number
  onAt: (at: string) => void
  onMinutes: (minutes: string) => void
}

export function WhenFields({ at, minutes, most, onAt, onMinutes }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('timing.new_time')} required>
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            value={at}
            onChange={({ target }) => onAt(target.value)}
          />
        )}
      </Field>
      <Field label={t('timing.minutes')} required>
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={10}
            max={most}
            value={minutes}
            onChange={({ target }) => onMinutes(target.value)}
          />
        )}
      </Field>
    </>
  )
}
