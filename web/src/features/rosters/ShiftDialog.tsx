/** A shift with times of its own, or with a note for who takes over. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { fromField, toField } from '../../zone'
import css from './rosters.module.css'
import { type Plan, type Shift, slotsOf } from './week'

const PLACES = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const LONGEST_NOTE = 200
type Props = {
  plan: Plan
  shift: Shift | null
  /** Null takes it out. */
  onDone: (shift: Shift | null) => void
  onClose: () => void
}

/** The first night of the week, of nobody yet. */
function fresh(plan: Plan): Shift {
  const span = slotsOf(plan.roster, plan.first).at(-1)?.span ?? { start: 0, end: 0 }
  const [starts, ends] = [new Date(span.start).toISOString(), new Date(span.end).toISOString()]
  return { staff_id: '', starts, ends, place: 1, note: '' }
}

export function ShiftDialog({ plan, shift, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const [edited, setEdited] = useState(shift ?? fresh(plan))
  const set = (some: Partial<Shift>) => setEdited({ ...edited, ...some })
  const wrong = Date.parse(edited.ends) <= Date.parse(edited.starts)
  const refusal = wrong ? t('rosters.fault.ends_first') : null
  return (
    <Dialog
      title={t(shift ? 'rosters.edit_other' : 'rosters.add_other')}
      confirm={t('rosters.apply')}
      refusal={edited.staff_id ? refusal : t('rosters.who_first')}
      onConfirm={() => onDone(edited)}
      onClose={onClose}
    >
      <WhoAndWhen {...{ plan, edited, set }} kept={shift?.staff_id ?? ''} />
      <PlaceAndNote {...{ edited, set }} />
      {shift && (
        <Button danger onClick={() => onDone(null)}>
          {t('rosters.remove')}
        </Button>
      )}
    </Dialog>
  )
}

type PartProps = { edited: Shift; set: (some: Partial<Shift>) => void }

function WhoAndWhen({ plan, edited, kept, set }: PartProps & { plan: Plan; kept: string }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  return (
    <>
      <Field label={t('rosters.who')} required>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={edited.staff_id}
            onChange={({ target }) => set({ staff_id: target.value })}
          >
            <option value="">{t('rosters.nobody')}</option>
            {plan.people
              .filter(({ id, eligible }) => eligible || id === kept)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {named(each)}
                </option>
              ))}
          </select>
        )}
      </Field>
      {(['starts', 'ends'] as const).map((name) => (
        <Field key={name} label={t(`rosters.${name}`)} required>
          {(ids) => (
            <input
              {...ids}
              type="datetime-local"
              className={css.pick}
              value={toField(edited[name])}
              onChange={({ target }) => set({ [name]: fromField(target.value) ?? edited[name] })}
            />
          )}
        </Field>
      ))}
    </>
  )
}

function PlaceAndNote({ edited, set }: PartProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('rosters.in_order')}>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={edited.place}
            onChange={({ target }) => set({ place: Number(target.value) })}
          >
            {PLACES.map((place) => (
              <option key={place} value={place}>
                {t('rosters.place', { n: String(place) })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('rosters.remark')}>
        {(ids) => (
          <input
            {...ids}
            className={css.pick}
            maxLength={LONGEST_NOTE}
            value={edited.note}
            onChange={({ target }) => set({ note: target.value })}
          />
        )}
      </Field>
    </>
  )
}
