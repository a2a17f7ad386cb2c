/** What is asked before a session is called off, converted or moved, and whom it is given as lead or doctor. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Limits, useLimits } from '../../consultation/Limits'
import { roleQuery } from '../../consultation/queries'
import { Taken, useTaken } from '../../consultation/Taken'
import { WhenFields } from '../../consultation/WhenFields'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { fromField, toField } from '../../zone'
import {
  addDoctor,
  addStudent,
  BEFORE,
  cancel,
  choicesQuery,
  convert,
  move,
  nameLead,
  type Round,
} from './queries'
import { MOST_MINUTES } from './series/draft'

export type Asked = 'move' | 'name_lead' | 'add_doctor' | 'add_student' | 'convert' | 'cancel'
type Props = { round: Round; onClose: () => void }

export function SessionDialog({ round, asked, onClose }: Props & { asked: Asked }) {
  if (asked === 'move') return <MoveDialog round={round} onClose={onClose} />
  if (asked === 'cancel' || asked === 'convert')
    return <EndDialog round={round} how={asked} onClose={onClose} />
  return <PersonDialog round={round} as={asked} onClose={onClose} />
}

function EndDialog({ round, how, onClose }: Props & { how: 'cancel' | 'convert' }) {
  const { t } = useTranslation()
  const act = useAct({
    run: (reason: string) => (how === 'cancel' ? cancel : convert)(round, reason),
    changes: { round: round.id },
    done: t(`rounds.done.${how}`),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t(`rounds.do.${how}`)}
      confirm={t(`rounds.do.${how}`)}
      danger={how === 'cancel'}
      {...(how === 'cancel' ? { keep: t('rounds.back_out') } : {})}
      about={<p className="secondary">{t(`rounds.${how}_hint`)}</p>}
      words={{ label: t('rounds.why'), required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('rounds.why_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}

function MoveDialog({ round, onClose }: Props) {
  const { t } = useTranslation()
  const length = Math.round((Date.parse(round.ends_at) - Date.parse(round.starts_at)) / 60_000)
  const [at, setAt] = useState(toField(round.starts_at))
  const [minutes, setMinutes] = useState(String(length))
  const [venue, setVenue] = useState(round.venue_id ?? '')
  const [cart, setCart] = useState(round.cart_id ?? '')
  const { clashes, refused } = useTaken()
  const limited = useLimits()
  const starts = fromField(at)
  const places = { venue_id: venue || null, cart_id: cart || null }
  const act = useAct({
    run: (to: string) => move(round, to, Number(minutes), places, limited.override),
    changes: { round: round.id, booking: '*' },
    done: t('rounds.done.move'),
    onDone: onClose,
    onProblem: (problem) => [refused(problem), limited.refused(problem)].includes(true),
  })
  return (
    <Dialog
      title={t('rounds.do.move')}
      confirm={t('rounds.do.move')}
      busy={act.isPending}
      refusal={starts ? limited.missing : t('timing.time_needed')}
      onConfirm={() => starts && act.mutate(starts)}
      onClose={onClose}
    >
      <WhenFields
        {...{ at, minutes, most: MOST_MINUTES }}
        onAt={(next) => {
          limited.forget()
          setAt(next)
        }}
        onMinutes={setMinutes}
      />
      <PlaceFields round={round} venue={venue} cart={cart} onVenue={setVenue} onCart={setCart} />
      <Taken clashes={clashes} />
      <Limits {...limited} />
    </Dialog>
  )
}

type PlaceProps = {
  round: Round
  venue: string
  cart: string
  onVenue: (id: string) => void
  onCart: (id: string) => void
}

/** Where this one round is, as series choose it. */
function PlaceFields({ round, venue, cart, onVenue, onCart }: PlaceProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { data, isPending } = useQuery(choicesQuery())
  const carts = data?.branches.find(({ id }) => id === round.branch_id)?.carts
  const fields = [
    ['venue', venue, onVenue, data?.venues],
    ['cart', cart, onCart, carts],
  ] as const
  return fields.map(([name, value, onPick, places = []]) => (
    <Field key={name} label={t(`rounds.series.${name}`)}>
      {({ id }) => (
        <Select
          id={id}
          loading={isPending}
          value={isPending ? null : value}
          options={[
            { value: '', label: t('rounds.series.unset') },
            ...places.map((each) => ({ value: each.id, label: named(each) })),
          ]}
          onChange={(chosen) => onPick(chosen ?? '')}
        />
      )}
    </Field>
  ))
}

type As = 'name_lead' | 'add_doctor' | 'add_student'
const RUNS = { name_lead: nameLead, add_doctor: addDoctor, add_student: addStudent } as const

/** The experts of the hub, those who may lead rounds of the series first; or its trainees. */
function PersonDialog({ round, as, onClose }: Props & { as: As }) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const over = round.state === 'completed'
  const { data = [], isPending } = useQuery(
    roleQuery(round.hub_id, as === 'add_student' ? 'trainee' : 'expert'),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const { clashes, refused } = useTaken()
  const limited = useLimits()
  const act = useAct({
    run: (id: string) => RUNS[as](round, id, limited.override),
    changes: { round: round.id },
    done: t(`rounds.done.${BEFORE.has(round.state) || as !== 'name_lead' ? as : 'takes_over'}`),
    onDone: onClose,
    onProblem: (problem) => [refused(problem), limited.refused(problem)].includes(true),
  })
  const beside = { name_lead: [], add_doctor: round.doctors, add_student: round.students }[as]
  const taking = [over ? null : round.lead, ...beside].map((each) => each?.id)
  const what = t(`rounds.do.${as === 'name_lead' && over ? 'name_signer' : as}`)
  const pool = new Set(round.pool.map(({ id }) => id))
  const options = data
    .filter(({ id }) => !taking.includes(id))
    .sort((a, b) => Number(pool.has(b.id)) - Number(pool.has(a.id)))
    .map((each) => {
      const name = withTitle(each)
      const label = pool.has(each.id) ? t('rounds.in_pool', { name }) : name
      return { value: each.id, label, search: `${label} ${each.pinyin}` }
    })
  return (
    <Dialog
      title={what}
      confirm={what}
      busy={act.isPending}
      refusal={chosen ? limited.missing : t('rounds.person_needed')}
      onConfirm={() => chosen && act.mutate(chosen)}
      onClose={onClose}
    >
      {as === 'add_student' && <p className="secondary">{t('rounds.student_hint')}</p>}
      <Field
        label={t(as === 'add_student' ? 'rounds.student' : 'rounds.doctor')}
        required
        hint={t('rounds.person_hint')}
      >
        {({ id }) => (
          <Select
            id={id}
            loading={isPending}
            showSearch={{ optionFilterProp: 'search' }}
            value={chosen}
            options={options}
            onChange={(id) => {
              limited.forget()
              setChosen(id)
            }}
          />
        )}
      </Field>
      <Taken clashes={clashes} />
      <Limits {...limited} />
    </Dialog>
  )
}
