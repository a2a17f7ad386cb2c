/** Whom, exactly, and why: there is no search. */
import { Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import css from './breakGlass.module.css'

type Asked = {
  hospital: string
  by: 'number' | 'name'
  number: string
  name: string
  born: string
  cause: Schemas['Cause'] | null
  words: string
}
const EMPTY: Asked = {
  hospital: '',
  by: 'number',
  number: '',
  name: '',
  born: '',
  cause: null,
  words: '',
}
const CAUSES = ['emergency', 'called', 'transfer', 'error', 'other'] as const
const SHORTEST = 5

const missing = (asked: Asked): (keyof Asked)[] => [
  ...(asked.hospital ? [] : ['hospital' as const]),
  ...(asked.by === 'number' && !asked.number.trim() ? ['number' as const] : []),
  ...(asked.by === 'name' && !asked.name.trim() ? ['name' as const] : []),
  ...(asked.by === 'name' && !asked.born ? ['born' as const] : []),
  ...(asked.cause ? [] : ['cause' as const]),
  ...(asked.words.trim().length >= SHORTEST ? [] : ['words' as const]),
]

const sent = ({ hospital, by, number, name, born, cause, words }: Asked) => ({
  hospital_id: hospital,
  cause: cause ?? 'other',
  words: words.trim(),
  number: by === 'number' ? number.trim() : '',
  name: by === 'name' ? name.trim() : '',
  birth_date: by === 'name' ? born : null,
})

export function OpenForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState<unknown>(null)
  const text = useProblemText()
  const set = (more: Partial<Asked>) => setAsked({ ...asked, ...more })
  const open = useAct({
    run: () => body(client.POST('/api/break-glass', { body: sent(asked) })),
    changes: { 'break-glass': '*' },
    onDone: ({ id }) => void navigate(paths.breakGlass(id)),
    onProblem: (problem) => {
      setFailed(problem)
      return true
    },
  })
  const lacking = missing(asked)
  return (
    <Panel title={t('break_glass.open')}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          setFailed(null)
          if (lacking.length === 0) open.mutate()
        }}
      >
        <Notice tone="urgent">{t('break_glass.warning')}</Notice>
        <Whom asked={asked} set={set} wrong={tried ? lacking : []} />
        <Why asked={asked} set={set} wrong={tried ? lacking : []} />
        {failed !== null && <Notice tone="stat">{text(failed)}</Notice>}
        <Button type="primary" danger htmlType="submit" loading={open.isPending}>
          {t('break_glass.do_open')}
        </Button>
      </form>
    </Panel>
  )
}

type PartProps = {
  asked: Asked
  set: (more: Partial<Asked>) => void
  wrong: readonly (keyof Asked)[]
}

function Whom({ asked, set, wrong }: PartProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { actor, hospitals } = useSession()
  const branches = hospitals.filter(({ id, kind }) => kind === 'branch' && id !== actor.hospital_id)
  const error = (field: keyof Asked) => (wrong.includes(field) ? t('break_glass.needed') : null)
  const typed = (field: 'number' | 'name' | 'born', required = true) => (
    <Field label={t(`break_glass.${field}`)} required={required} error={error(field)}>
      {(ids) => (
        <Input
          {...ids}
          type={field === 'born' ? 'date' : 'text'}
          autoComplete="off"
          maxLength={100}
          value={asked[field]}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <>
      <Field label={t('break_glass.hospital')} required error={error('hospital')}>
        {(ids) => (
          <Select
            {...ids}
            placeholder={t('break_glass.hospital_hint')}
            value={asked.hospital || null}
            options={branches.map((each) => ({ value: each.id, label: named(each) }))}
            onChange={(hospital) => set({ hospital })}
          />
        )}
      </Field>
      <Radio.Group
        aria-label={t('break_glass.by')}
        value={asked.by}
        options={(['number', 'name'] as const).map((value) => ({
          value,
          label: t(`break_glass.by_${value}`),
        }))}
        onChange={(event) => set({ by: event.target.value })}
      />
      {asked.by === 'number' ? (
        typed('number')
      ) : (
        <div className={css.two}>
          {typed('name')}
          {typed('born')}
        </div>
      )}
    </>
  )
}

function Why({ asked, set, wrong }: PartProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field
        label={t('break_glass.why')}
        required
        error={wrong.includes('cause') ? t('break_glass.needed') : null}
      >
        {(ids) => (
          <Select
            {...ids}
            placeholder={t('break_glass.why_hint')}
            value={asked.cause}
            options={CAUSES.map((value) => ({ value, label: t(`break_glass.cause.${value}`) }))}
            onChange={(cause) => set({ cause })}
          />
        )}
      </Field>
      <Field
        label={t('break_glass.words')}
        required
        hint={t('break_glass.words_hint')}
        error={wrong.includes('words') ? t('break_glass.words_needed') : null}
      >
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={500}
            value={asked.words}
            onChange={(event) => set({ words: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
