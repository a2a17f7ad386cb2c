/** What is wanted of a reading: how pressing, which part and side, and the question. */
import { Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Field } from '../../kit/Field'
import css from './reading.module.css'
import { PARTS_OF_BODY } from './words'

const URGENCIES = ['stat', 'urgent', 'routine'] as const
const SIDES = ['none', 'left', 'right', 'both'] as const
const PURPOSES = ['primary', 'over_read'] as const
type Asked = Omit<Schemas['ReadingIn'], 'study_id' | 'hub_id' | 'branch_report'>
export type Part = Asked['part']
/** `part`: null until the study's name or a person has said it; a wrong one would go to the wrong readers. */
export type Wanted = Omit<Asked, 'part'> & { part: Part | null }

/** What was chosen for one study does not go with another: part and side are begun again. */
export const forAnother = ({ part: _part, side: _side, ...rest }: Partial<Wanted>) => rest

type Props = { wanted: Wanted; brief?: boolean; onSet: (some: Partial<Wanted>) => void }

/** `brief`: a first reading whose history is known already. */
export function WantedFields({ wanted, brief = false, onSet }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {!brief && <PurposeField wanted={wanted} onSet={onSet} />}
      <Field label={t('reading.ask_urgency')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={wanted.urgency}
            options={URGENCIES.map((value) => ({ value, label: t(`reading.ask_due.${value}`) }))}
            onChange={(event) => onSet({ urgency: event.target.value })}
          />
        )}
      </Field>
      <div className={css.two}>
        <Field label={t('reading.ask_part')} required>
          {(ids) => (
            <Select
              {...ids}
              value={wanted.part}
              placeholder={t('reading.ask_part_missing')}
              options={PARTS_OF_BODY.map((value) => ({ value, label: t(`reading.part.${value}`) }))}
              onChange={(value) => onSet({ part: value })}
            />
          )}
        </Field>
        <Field label={t('reading.ask_side')}>
          {(ids) => (
            <Select
              {...ids}
              value={wanted.side ?? 'none'}
              options={SIDES.map((value) => ({ value, label: t(`reading.side.${value}`) }))}
              onChange={(value) => onSet({ side: value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('reading.question')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={2}
            maxLength={500}
            value={wanted.question}
            onChange={(event) => onSet({ question: event.target.value })}
          />
        )}
      </Field>
      {!brief && <HistoryField wanted={wanted} onSet={onSet} />}
    </>
  )
}

function PurposeField({ wanted, onSet }: Props) {
  const { t } = useTranslation()
  return (
    <Field label={t('reading.ask_purpose')} required>
      {({ id }) => (
        <Radio.Group
          id={id}
          value={wanted.purpose}
          options={PURPOSES.map((value) => ({ value, label: t(`reading.ask_for.${value}`) }))}
          onChange={(event) => onSet({ purpose: event.target.value })}
        />
      )}
    </Field>
  )
}

function HistoryField({ wanted, onSet }: Props) {
  const { t } = useTranslation()
  return (
    <Field label={t('reading.history')} hint={t('reading.history_hint')}>
      {(ids) => (
        <Input.TextArea
          {...ids}
          rows={3}
          maxLength={2000}
          value={wanted.history ?? ''}
          onChange={(event) => onSet({ history: event.target.value })}
        />
      )}
    </Field>
  )
}
