/** Adds an expert of the hub to a consultation, before or during the call. */
import { UserAddOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import css from './AddExpert.module.css'
import { useAddExpert } from './perform'
import { departmentsQuery, expertsQuery } from './queries'
import { useBusy, useTakenWords } from './useBusy'
import { type Consultation, seatsTaken } from './view'

/** The spellings by which a person can be found: name, pinyin with or without spaces, initials. */
const spellings = ({ name, name_en, pinyin }: Schemas['StaffOut']): string => {
  const syllables = pinyin.split(' ')
  return [name, name_en, pinyin, syllables.join(''), syllables.map((each) => each[0]).join('')]
    .join('\n')
    .toLowerCase()
}

export function AddExpert({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!c.may_add_expert) return null
  if (open) return <Choice consultation={c} onClose={() => setOpen(false)} />
  return (
    <Button
      className={css.add ?? ''}
      size="small"
      icon={<UserAddOutlined aria-hidden />}
      onClick={() => setOpen(true)}
    >
      {t('consultation.add_expert')}
    </Button>
  )
}

function Choice({ consultation: c, onClose }: { consultation: Consultation; onClose: () => void }) {
  const { t } = useTranslation()
  const { named, withTitle } = usePeopleWords()
  const [picked, setPicked] = useState<string | null>(null)
  const add = useAddExpert(c.id, onClose)
  const busy = useBusy(c, picked)
  const words = useTakenWords()
  const departments = useQuery(departmentsQuery()).data ?? []
  const experts = useQuery(expertsQuery(c.hub_id))
  const taking = new Set(
    c.participants.filter(({ role }) => role !== 'guest').map(({ person }) => person.id),
  )
  const options = (experts.data ?? [])
    .filter(({ id }) => !taking.has(id))
    .map((one) => {
      const department = departments.find(({ id }) => id === one.department_id)
      return {
        value: one.id,
        label: [withTitle(one), department && named(department)].filter(Boolean).join(' '),
        who: named(one),
        busy: words(busy(one.id)),
        spellings: spellings(one),
      }
    })
  const chosen = options.find(({ value }) => value === picked)
  const told = { who: chosen?.who ?? '', what: words(add.refused) || (chosen?.busy ?? '') }
  return (
    <div className={css.choice}>
      <Select
        autoFocus
        className={css.who ?? ''}
        aria-label={t('consultation.add_expert')}
        placeholder={t('consultation.add_expert_hint')}
        loading={experts.isPending}
        value={picked}
        onChange={(id) => {
          setPicked(id)
          add.forget()
        }}
        options={options}
        optionRender={({ data }) => (
          <>
            {data.label}
            {data.busy && <div className="secondary small">{data.busy}</div>}
          </>
        )}
        showSearch={{
          filterOption: (typed, option) =>
            `${option?.label}\n${option?.spellings}`.toLowerCase().includes(typed.toLowerCase()),
        }}
        getPopupContainer={(node) => node.parentElement ?? document.body}
      />
      {seatsTaken(c) && c.state !== 'answering' && (
        <p className="secondary small">{t('consultation.expert_no_media')}</p>
      )}
      {told.what && (
        <Notice tone="urgent">
          {t(
            add.refused.length > 0 ? 'consultation.expert_not_added' : 'consultation.expert_busy',
            {
              ...told,
            },
          )}
        </Notice>
      )}
      <Button
        type="primary"
        disabled={picked === null}
        loading={add.busy}
        onClick={() => picked && add.add(picked)}
      >
        {t('consultation.add')}
      </Button>
      <Button onClick={onClose}>{t('state.cancel')}</Button>
    </div>
  )
}
