/** How urgent, as three cards that say what follows. */
import { useTranslation } from 'react-i18next'
import { Notice } from '../../kit/Notice'
import type { Urgency } from '../../kit/types'
import { useDraft } from './draft'
import fields from './fields.module.css'
import { Part } from './Part'

const ALL: readonly Urgency[] = ['stat', 'urgent', 'routine']

export function UrgencyCards({
  value,
  disabled = false,
  onChange,
}: {
  value: Urgency
  disabled?: boolean
  onChange: (urgency: Urgency) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className={fields.urgencies} disabled={disabled}>
      <legend className="unseen">{t('requests.section.urgency')}</legend>
      {ALL.map((urgency) => (
        <label
          key={urgency}
          className={`${fields.urgency} ${value === urgency ? fields[urgency] : ''}`}
        >
          <input
            type="radio"
            name="urgency"
            checked={value === urgency}
            onChange={() => onChange(urgency)}
          />
          <span>
            <b>{t(`requests.urgency.${urgency}`)}</b>
            <span className="small">{t(`requests.urgency.${urgency}_hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function UrgencyPart() {
  const { t } = useTranslation()
  const { row, set, fixed } = useDraft()
  const before = row.state === 'draft' || row.state === 'returned'
  return (
    <Part section="urgency">
      <UrgencyCards
        value={row.urgency}
        disabled={fixed || !before}
        onChange={(urgency) => set({ urgency }, true)}
      />
      {row.urgency === 'stat' && <Notice tone="stat">{t('requests.urgency.stat_note')}</Notice>}
    </Part>
  )
}
