/** 交班: which shift goes to whom, with what they should know. */
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { usePeopleWords } from '../../../kit/people'
import { useAct } from '../../../kit/useAct'
import css from '../rosters.module.css'
import { offerShift, shiftsToHandQuery } from './queries'
import { useShiftWords } from './shiftWords'

export default function HandOverDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const words = useShiftWords()
  const { data: shifts = [], isPending } = useQuery(shiftsToHandQuery())
  const [chosen, setChosen] = useState('')
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const offer = useAct({
    run: offerShift,
    changes: { roster: '*' },
    done: t('standby.offered'),
    onDone: onClose,
  })
  const shift = shifts.find(({ id }) => id === chosen) ?? shifts[0]
  const taker = shift?.takers.find(({ id }) => id === to)
  const refusal = () => {
    if (!shift && !isPending) return t('standby.no_shift')
    if (shift?.takers.length === 0) return t('standby.no_takers')
    return taker ? null : t('standby.choose_taker')
  }
  return (
    <Dialog
      title={t('standby.hand_over_title')}
      confirm={t('standby.offer')}
      busy={offer.isPending}
      refusal={refusal()}
      onConfirm={() =>
        shift && taker && offer.mutate({ shift_id: shift.id, to_id: taker.id, note })
      }
      onClose={onClose}
    >
      <p>{t('standby.hand_over_text')}</p>
      <Field label={t('standby.which_shift')} required>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={shift?.id ?? ''}
            onChange={({ target }) => setChosen(target.value)}
          >
            {shifts.map((each) => (
              <option key={each.id} value={each.id}>
                {words(each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('standby.to_whom')} required>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={taker?.id ?? ''}
            onChange={({ target }) => setTo(target.value)}
          >
            <option value="">{t('standby.choose')}</option>
            {shift?.takers.map((each) => (
              <option key={each.id} value={each.id}>
                {`${withTitle(each)} ${each.phone}`.trim()}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('standby.hand_over_note')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
