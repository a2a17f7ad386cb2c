/** What is to be said of a patient at the bed: diagnosis, the last 24 hours, the question; and how long it may take. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../../../kit/Drawer'
import { Field } from '../../../kit/Field'
import { useLeaving } from '../../../kit/Leaving'
import { Notice } from '../../../kit/Notice'
import { usePatientWords } from '../../../kit/patient'
import { useAct } from '../../../kit/useAct'
import { Dictate } from '../dictation/Dictate'
import { type Item, type Round, writeItem } from '../queries'
import css from '../rounds.module.css'
import list from './list.module.css'

const LONG = 1000
const MOST_MINUTES = 60
const textOf = ({ summary, changes, question, minutes }: Item) => ({
  ...{ summary, changes, question, minutes: String(minutes) },
})
type Written = ReturnType<typeof textOf>
type Props = { round: Round; item: Item; onClose: () => void }

export function ItemDrawer({ round, item, onClose }: Props) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  // As it was opened: what a colleague saves meanwhile is refused, not overwritten.
  const [begun] = useState(item)
  const [text, setText] = useState(textOf(begun))
  const [stale, setStale] = useState(false)
  const minutes = Number(text.minutes)
  const fits = Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES
  const act = useAct({
    run: () => writeItem(begun, { ...text, minutes }),
    changes: { round: round.id, round_item: item.id },
    done: t('rounds.item.saved'),
    onDone: onClose,
    onProblem: ({ status }) => {
      setStale(status === 412)
      return status === 412
    },
  })
  const typed = JSON.stringify(text) !== JSON.stringify(textOf(begun))
  const { leave, question } = useLeaving(typed && !act.isPending, onClose)
  const name = item.patient ? brief(item.patient) : ''
  return (
    <Drawer
      open
      title={t('rounds.item.title', { bed: item.bed, name })}
      onClose={leave}
      foot={
        <div className={css.foot}>
          <Button onClick={leave}>{t('rounds.item.cancel')}</Button>
          <Button
            type="primary"
            loading={act.isPending}
            disabled={!fits}
            onClick={() => act.mutate()}
          >
            {t('rounds.item.save')}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {stale && <Notice tone="urgent">{t('rounds.item.stale')}</Notice>}
        <Fields
          text={text}
          fits={fits}
          usual={round.questions}
          set={(part) => setText((old) => ({ ...old, ...part }))}
        />
      </div>
      {question}
    </Drawer>
  )
}

type FieldsProps = {
  text: Written
  fits: boolean
  usual: readonly string[]
  set: (part: Partial<Written>) => void
}

function Fields({ text, fits, usual, set }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('rounds.item.summary')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            value={text.summary}
            onChange={({ target }) => set({ summary: target.value })}
          />
        )}
      </Field>
      {(['changes', 'question'] as const).map((key) => (
        <Field
          key={key}
          label={t(`rounds.item.${key}`)}
          hint={key === 'question' && t('rounds.item.question_hint')}
        >
          {(ids) => (
            <>
              <Input.TextArea
                {...ids}
                autoSize={{ minRows: 3 }}
                maxLength={LONG}
                value={text[key]}
                onChange={({ target }) => set({ [key]: target.value })}
              />
              <Dictate
                what={t(`rounds.item.${key}`)}
                onSaid={(said) => set({ [key]: (text[key] + said).slice(0, LONG) })}
              />
            </>
          )}
        </Field>
      ))}
      <Usual
        questions={usual.filter((each) => !text.question.includes(each))}
        onPick={(one) =>
          set({ question: [text.question.trim(), one].filter(Boolean).join('\n').slice(0, LONG) })
        }
      />
      <Field
        label={t('rounds.item.minutes')}
        required
        error={fits ? null : t('rounds.item.minutes_wrong')}
      >
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={1}
            max={MOST_MINUTES}
            value={text.minutes}
            onChange={({ target }) => set({ minutes: target.value })}
          />
        )}
      </Field>
    </>
  )
}

type UsualProps = { questions: readonly string[]; onPick: (question: string) => void }

/** What is usually asked in this specialty: one press adds it to the question. */
function Usual({ questions, onPick }: UsualProps) {
  const { t } = useTranslation()
  if (questions.length === 0) return null
  return (
    <div>
      <span className="secondary small">{t('rounds.item.usual')}</span>
      <ul className={list.usual} aria-label={t('rounds.item.usual')}>
        {questions.map((each) => (
          <li key={each}>
            <Button size="small" onClick={() => onPick(each)}>
              {each}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
