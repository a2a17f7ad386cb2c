/** What of a series is changed: all times to come, those from a day on, or one of them. */
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './series.module.css'

const SCOPES = ['all', 'since', 'one'] as const
export type Scope = (typeof SCOPES)[number]

type Props = { on: Scope; hints: Record<Scope, string>; put: (scope: Scope) => void }

export function Scopes({ on, hints, put }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.scopes}>
      <Segmented
        aria-label={t('series.scope')}
        value={on}
        options={SCOPES.map((value) => ({ value, label: t(`series.scopes.${value}`) }))}
        onChange={put}
      />
      <p className="secondary small">{hints[on]}</p>
    </div>
  )
}
