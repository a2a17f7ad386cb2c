/** Adds a line: a named expert, so many of a specialty, or one of several rooms. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import type { Resource } from '../../../consultation/bookings'
import { departmentsQuery, expertsQuery } from '../../../consultation/queries'
import type { Consultation } from '../../../consultation/view'
import { newId } from '../../../id'
import { Field } from '../../../kit/Field'
import { usePeopleWords } from '../../../kit/people'
import css from './find.module.css'
import { type Line, line } from './question'
import type { FindWords } from './words'

const KINDS = ['person', 'specialty', 'room'] as const
type Kind = (typeof KINDS)[number]
const TITLES = ['resident', 'attending', 'associate_chief', 'chief'] as const

type Props = {
  consultation: Consultation
  rooms: readonly Resource[]
  taken: readonly Line[]
  words: FindWords
  onAdd: (line: Line) => void
}

export function AddLine(p: Props) {
  const { t } = p.words
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<Kind>('person')
  if (!open)
    return (
      <Button
        type="link"
        className={css.add ?? ''}
        icon={<PlusOutlined aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('scheduling.find.add')}
      </Button>
    )
  const done = (made: Partial<Line>) => {
    p.onAdd(line(`more-${newId().slice(-12)}`, made))
    setOpen(false)
  }
  return (
    <div className={css.form}>
      <Segmented
        block
        aria-label={t('scheduling.find.add')}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(`scheduling.find.kind.${value}`) }))}
      />
      {kind === 'person' && <Person {...p} onDone={done} />}
      {kind === 'specialty' && <Specialty {...p} onDone={done} />}
      {kind === 'room' && <Room {...p} onDone={done} />}
      <Button size="small" type="text" onClick={() => setOpen(false)}>
        {t('state.cancel')}
      </Button>
    </div>
  )
}

type Part = Props & { onDone: (made: Partial<Line>) => void }

function Person({ consultation: c, taken, words, onDone }: Part) {
  const { withTitle } = usePeopleWords()
  const experts = useQuery(expertsQuery(c.hub_id)).data ?? []
  const there = new Set(taken.flatMap(({ people }) => people))
  return (
    <Field label={words.t('scheduling.find.kind.person')}>
      {({ id }) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={words.t('scheduling.find.pick')}
          value={null}
          onChange={(who: string | null) => who && onDone({ people: [who] })}
          options={experts
            .filter((one) => !there.has(one.id))
            .map((one) => ({ value: one.id, label: withTitle(one) }))}
        />
      )}
    </Field>
  )
}

function Specialty({ consultation: c, words, onDone }: Part) {
  const { t } = words
  const { named } = usePeopleWords()
  const [of, setOf] = useState<string | null>(null)
  const [title, setTitle] = useState<Schemas['Title'] | ''>('')
  const [count, setCount] = useState(1)
  const departments = (useQuery(departmentsQuery()).data ?? []).filter(
    ({ hospital_id }) => hospital_id === c.hub_id,
  )
  return (
    <>
      <Field label={t('scheduling.find.kind.specialty')}>
        {({ id }) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('scheduling.find.pick')}
            value={of}
            onChange={setOf}
            options={departments.map((one) => ({ value: one.specialty, label: named(one) }))}
          />
        )}
      </Field>
      <div className={css.pair}>
        <Field label={t('scheduling.find.least_title')}>
          {({ id }) => (
            <Select<Schemas['Title'] | ''>
              id={id}
              value={title}
              onChange={setTitle}
              options={[
                { value: '', label: t('scheduling.find.any_title') },
                ...TITLES.map((value) => ({ value, label: t(`title.${value}`) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('scheduling.find.count')}>
          {({ id }) => (
            <Select
              id={id}
              value={count}
              onChange={setCount}
              options={[1, 2, 3, 4].map((value) => ({ value, label: String(value) }))}
            />
          )}
        </Field>
      </div>
      <Button
        type="primary"
        disabled={!of}
        onClick={() =>
          of && onDone({ specialty: of, hospital_id: c.hub_id, title: title || null, count })
        }
      >
        {t('scheduling.find.put')}
      </Button>
    </>
  )
}

function Room({ rooms, words, onDone }: Part) {
  const { t } = words
  const { named, hospital } = usePeopleWords()
  const [some, setSome] = useState<string[]>([])
  return (
    <>
      <Field label={t('scheduling.find.rooms')}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            optionFilterProp="label"
            placeholder={t('scheduling.find.pick')}
            value={some}
            onChange={setSome}
            options={rooms.map((one) => ({
              value: one.id,
              label: `${named(one)} · ${hospital(one.hospital_id)}`,
            }))}
          />
        )}
      </Field>
      <Button type="primary" disabled={some.length === 0} onClick={() => onDone({ venues: some })}>
        {t('scheduling.find.put')}
      </Button>
    </>
  )
}
