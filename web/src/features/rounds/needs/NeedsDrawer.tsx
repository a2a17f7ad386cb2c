/** What a bed of one specialty needs is changed, or put back to what is built in. */
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../../../kit/Drawer'
import { Field } from '../../../kit/Field'
import { useLeaving } from '../../../kit/Leaving'
import { Notice } from '../../../kit/Notice'
import { useAct } from '../../../kit/useAct'
import { changeTemplate, restoreTemplate, type Template, type TemplateIn } from '../queries'
import rounds from '../rounds.module.css'
import css from './needs.module.css'

type Need = TemplateIn['needs'][number]
const NEEDS: readonly Need[] = ['question', 'vitals', 'labs', 'images', 'ecg']

const textOf = ({ needs, labs, questions }: Template) => ({
  ...{ needs, labs: labs.join('\n'), questions: questions.join('\n') },
})
type Text = ReturnType<typeof textOf>
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((each) => each.trim())
    .filter(Boolean)

type Props = { row: Template; name: string; onClose: () => void }

export function NeedsDrawer({ row, name, onClose }: Props) {
  const { t } = useTranslation()
  // As it was opened: what a colleague saves meanwhile is refused, not overwritten.
  const [begun] = useState(row)
  const [text, setText] = useState(() => textOf(begun))
  const { stale, save, restore } = useSaving(begun, text, onClose)
  const typed = JSON.stringify(text) !== JSON.stringify(textOf(begun))
  const { leave, question } = useLeaving(typed && !save.isPending, onClose)
  return (
    <Drawer
      open
      title={t('rounds.needs.title', { name })}
      onClose={leave}
      foot={
        <div className={rounds.foot}>
          {!begun.built_in && (
            <Button loading={restore.isPending} onClick={() => restore.mutate()}>
              {t('rounds.needs.restore')}
            </Button>
          )}
          <Button className="push" onClick={leave}>
            {t('rounds.item.cancel')}
          </Button>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={!typed}
            onClick={() => save.mutate()}
          >
            {t('rounds.item.save')}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {stale && <Notice tone="urgent">{t('rounds.needs.stale')}</Notice>}
        <Fields text={text} set={(part) => setText((old) => ({ ...old, ...part }))} />
      </div>
      {question}
    </Drawer>
  )
}

function useSaving(row: Template, text: Text, onDone: () => void) {
  const { t } = useTranslation()
  const [stale, setStale] = useState(false)
  const of = {
    changes: { round: '*' },
    onDone,
    onProblem: ({ status }: { status: number }) => {
      setStale(status === 412)
      return status === 412
    },
  }
  const save = useAct({
    ...of,
    run: () =>
      changeTemplate(row, {
        ...{ needs: text.needs, labs: linesOf(text.labs), questions: linesOf(text.questions) },
      }),
    done: t('rounds.needs.saved'),
  })
  const restore = useAct({
    ...of,
    run: () => restoreTemplate(row),
    done: t('rounds.needs.restored'),
  })
  return { stale, save, restore }
}

function Fields({ text, set }: { text: Text; set: (part: Partial<Text>) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('rounds.needs.needs')} hint={t('rounds.needs.needs_hint')}>
        {({ id }) => (
          <div id={id}>
            <Checkbox.Group
              className={css.ticks ?? ''}
              value={text.needs}
              options={NEEDS.map((value) => ({ value, label: t(`rounds.needs.need.${value}`) }))}
              onChange={(needs) => set({ needs })}
            />
          </div>
        )}
      </Field>
      {text.needs.includes('labs') && (
        <Lines name="labs" value={text.labs} onType={(labs) => set({ labs })} />
      )}
      <Lines name="questions" value={text.questions} onType={(questions) => set({ questions })} />
    </>
  )
}

type LinesProps = { name: 'labs' | 'questions'; value: string; onType: (text: string) => void }

function Lines({ name, value, onType }: LinesProps) {
  const { t } = useTranslation()
  return (
    <Field label={t(`rounds.needs.${name}`)} hint={t(`rounds.needs.${name}_hint`)}>
      {(ids) => (
        <Input.TextArea
          {...ids}
          autoSize={{ minRows: 3 }}
          value={value}
          onChange={({ target }) => onType(target.value)}
        />
      )}
    </Field>
  )
}
