/** 在场其他人: who is at the bedside beside the one on video; the accompanying physician keeps it true. */
import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bystander, Call, CallState } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { Bystanders, useBystanderWords } from '../visit/Bystanders'
import { useMine } from '../visit/useMine'
import css from './tiles.module.css'

type Props = { call: Call; state: CallState; consultation: Consultation }

export function InView({ call, state, consultation: c }: Props) {
  const { t } = useTranslation()
  const words = useBystanderWords()
  const { accompanying } = useMine(c)
  const { others } = state.view
  /** While it is edited; what the room says comes a round trip later, or once it is linked again. */
  const [mine, setMine] = useState<readonly Bystander[] | null>(null)
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
            aria-expanded={mine !== null}
            onClick={() => setMine(mine ? null : others)}
          >
            {t(mine ? 'room.view.done' : 'room.view.edit')}
          </Button>
        )}
      </header>
      {mine ? (
        <Bystanders
          others={mine}
          patientPresent={c.patient_present}
          onChange={(next) => {
            setMine(next)
            call.setView(next)
          }}
        />
      ) : (
        <p>{others.length > 0 ? others.map(words).join(' · ') : t('room.view.nobody')}</p>
      )}
    </section>
  )
}
