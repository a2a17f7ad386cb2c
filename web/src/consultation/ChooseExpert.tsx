/** Which expert is added to a consultation; loaded once somebody wants to add one. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../kit/Notice'
import css from './AddExpert.module.css'
import { PickPerson, usePickable } from './PickPerson'
import { useAddExpert } from './perform'
import { expertsQuery } from './queries'
import { useTakenWords } from './useBusy'
import { type Consultation, seatsTaken } from './view'

type Props = { consultation: Consultation; onClose: () => void }

export default function ChooseExpert({ consultation: c, onClose }: Props) {
  const { t } = useTranslation()
  const [picked, setPicked] = useState<string | null>(null)
  const add = useAddExpert(c.id, onClose)
  const words = useTakenWords()
  const experts = useQuery(expertsQuery(c.hub_id))
  const taking = new Set(
    c.participants.filter(({ role }) => role !== 'guest').map(({ person }) => person.id),
  )
  const options = usePickable(c, c.hub_id, experts.data, picked).filter(
    ({ value }) => !taking.has(value),
  )
  const chosen = options.find(({ value }) => value === picked)
  const told = { who: chosen?.who ?? '', what: words(add.refused) || (chosen?.busy ?? '') }
  return (
    <div className={css.choice}>
      <PickPerson
        className={css.who ?? ''}
        label={t('consultation.add_expert')}
        loading={experts.isPending}
        picked={picked}
        onPick={(id) => {
          setPicked(id)
          add.forget()
        }}
        options={options}
      />
      {seatsTaken(c) && c.state !== 'answering' && (
        <p className="secondary small">
          {t(c.mdt ? 'consultation.member_no_media' : 'consultation.expert_no_media')}
        </p>
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
