/** 在场其他人: who is at the bedside beside the one on video; the accompanying physician keeps it true. */
import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, CallState } from '../../call'
import type { Consultation } from '../consultations/view'
import { Bystanders, useBystanderWords } from './Bystanders'
import css from './tiles.module.css'
import { useMine } from './useMine'

type Props = { call: Call; state: CallState; consultation: Consultation }

export function InView({ call, state, consultation: c }: Props) {
  const { t } = useTranslation()
  const words = useBystanderWords()
  const { accompanying } = useMine(c)
  const [editing, setEditing] = useState(false)
  const { others } = state.view
  return (
    <section className={css.box} aria-label={t('room.view.title')}>
      <header className="secondary small">
        {t('room.view.title')}
        {accompanying && (
          <Button
            className="push"
            size="small"
            type="link"
            icon={<EditOutlined aria-hidden />}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            {t(editing ? 'room.view.done' : 'room.view.edit')}
          </Button>
        )}
      </header>
      {editing ? (
        <Bystanders
          others={others}
          patientPresent={c.patient_present}
          onChange={(next) => call.setView(next)}
        />
      ) : (
        <p>{others.length > 0 ? others.map(words).join(' · ') : t('room.view.nobody')}</p>
      )}
    </section>
  )
}
