/** What is shown of a list: urgency, hospital, modality; each as the list has them. */
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../kit/people'
import type { Asked, ReadingList } from './queries'
import css from './reading.module.css'

const URGENCIES = ['stat', 'urgent', 'routine'] as const

type Props = {
  asked: Asked
  of: ReadingList | undefined
  onSet: (key: 'urgency' | 'branch' | 'modality', value: string) => void
}

export function Filters({ asked, of, onSet }: Props) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const chosen = (label: 'reading.branch' | 'reading.modality', value: string) =>
    t(label, { value })
  return (
    <div className={css.filters}>
      {URGENCIES.map((urgency) => (
        <button
          key={urgency}
          type="button"
          aria-pressed={asked.urgency === urgency}
          onClick={() => onSet('urgency', asked.urgency === urgency ? '' : urgency)}
        >
          {t(`reading.urgency.${urgency}`)}
        </button>
      ))}
      <Select
        size="small"
        variant="outlined"
        aria-label={chosen('reading.branch', '')}
        value={asked.branch ?? ''}
        onChange={(value) => onSet('branch', value)}
        options={[
          { value: '', label: chosen('reading.branch', t('reading.all')) },
          ...(of?.branches ?? []).map((value) => ({ value, label: hospital(value) })),
        ]}
      />
      <Select
        size="small"
        variant="outlined"
        aria-label={chosen('reading.modality', '')}
        value={asked.modality ?? ''}
        onChange={(value) => onSet('modality', value)}
        options={[
          { value: '', label: chosen('reading.modality', t('reading.all')) },
          ...(of?.modalities ?? []).map((value) => ({ value, label: value || '—' })),
        ]}
      />
    </div>
  )
}
