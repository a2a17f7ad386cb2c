/** What is shown of a list: urgency, hospital, modality; each as the list has them. */
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../kit/people'
import type { Asked, ReadingList } from './queries'
import css from './reading.module.css'
import { FIELDS, PARTS_OF_BODY } from './words'

const URGENCIES = ['stat', 'urgent', 'routine'] as const

type Props = {
  asked: Asked
  of: ReadingList | undefined
  onSet: (
    key: 'urgency' | 'purpose' | 'branch' | 'modality' | 'part' | 'subspecialty',
    value: string,
  ) => void
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
      <button
        type="button"
        aria-pressed={asked.purpose === 'over_read'}
        onClick={() => onSet('purpose', asked.purpose ? '' : 'over_read')}
      >
        {t('reading.purpose.over_read')}
      </button>
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
      <Select
        size="small"
        variant="outlined"
        aria-label={t('reading.ask_part')}
        value={asked.part ?? ''}
        onChange={(value) => onSet('part', value)}
        options={[
          { value: '', label: t('reading.of_part', { value: t('reading.all') }) },
          ...PARTS_OF_BODY.map((value) => ({ value, label: t(`reading.part.${value}`) })),
        ]}
      />
      <Select
        size="small"
        variant="outlined"
        aria-label={t('reading.columns.subspecialty')}
        value={asked.subspecialty ?? ''}
        onChange={(value) => onSet('subspecialty', value)}
        options={[
          { value: '', label: t('reading.of_field', { value: t('reading.all') }) },
          ...FIELDS.map((value) => ({ value, label: t(`reading.subspecialty.${value}`) })),
        ]}
      />
    </div>
  )
}
