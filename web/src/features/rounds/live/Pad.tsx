/** The instruction pad of the lead. Its text belongs to this bed: it stays there when the round goes on. */
import { Button, Input, Select } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow, useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { usePeopleWords } from '../../../kit/people'
import { fromField, toField } from '../../../zone'
import { Dictate } from '../dictation/Dictate'
import { useLive } from './context'
import { AT_ONCE_MINUTES, choicesAt, proposed, senseless } from './due'
import { Kept } from './Kept'
import { once } from './keys'
import type { Bed, Instruction, InstructionKind, Item } from './queries'
import type { Text } from './text'
import css from './written.module.css'

export const PAD = 'round-pad'
const KINDS = ['medicine', 'test', 'consult', 'transfer', 'observe', 'teach'] as const
const OTHER = 'other'
const WHOEVER = ''

/** What stands in the way of an instruction, as the server has it too. */
type Refusal = 'no_bed' | 'gone' | 'not_identified' | 'not_at_bed' | null

const refusalOf = (item: Item, bed: Bed | null, written: boolean): Refusal => {
  if (!bed) return 'no_bed'
  if (item.gone) return 'gone'
  if (written) return null
  if (item.state !== 'presenting' && item.state !== 'discussed') return 'not_at_bed'
  return item.identified_at ? null : 'not_identified'
}

/** By when, as it is chosen: a proposal until somebody chooses. */
function useDue(kind: InstructionKind) {
  const now = useNow()
  const choices = choicesAt(now)
  const [picked, pick] = useState<string | null>(null)
  const [own, setOwn] = useState('')
  const known = picked === OTHER || choices.some(({ key }) => key === picked)
  const key = known && picked ? picked : proposed(kind, choices, now)
  const at =
    key === OTHER
      ? fromField(own)
      : new Date(choices.find((each) => each.key === key)?.at ?? now).toISOString()
  const wrong = at === null ? null : senseless(Date.parse(at), now)
  return { choices, key, pick, own, setOwn, at, wrong }
}

/** Of two doctors with one name the lead says which. */
function bedDoctorOf(bed: Bed | null): string {
  const named = bed?.owners.filter(({ name }) => name === bed.bed_doctor) ?? []
  return (named.length === 1 && named[0]?.id) || WHOEVER
}

/** What replaces another is of its kind until somebody picks one. */
function useKind(replaced: Instruction | null) {
  const [kind, setKind] = useState<InstructionKind>('medicine')
  const [of, setOf] = useState<string | null>(null)
  if (replaced && replaced.id !== of) {
    setOf(replaced.id)
    setKind(replaced.kind)
  }
  return [kind, setKind] as const
}

type Props = { item: Item; bed: Bed | null; pad: Text; replaced: Instruction | null }

export function Pad({ item, bed, pad, replaced }: Props) {
  const { t } = useTranslation()
  const { round, act, pending } = useLive()
  const [kind, setKind] = useKind(replaced)
  const [owner, setOwner] = useState<string | null>(null)
  const due = useDue(kind)
  const giving = useRef(false)
  const whose = owner ?? bedDoctorOf(bed)
  const text = pad.text.trim()
  const refusal = refusalOf(item, bed, round.state === 'converted')
  const why = refusal === null ? due.wrong : refusal !== 'no_bed' && refusal
  const ready = !refusal && text !== '' && due.at !== null && !due.wrong
  const give = async () => {
    if (!ready || giving.current) return
    giving.current = true
    const sent = pad.text
    const answer = await act({
      ...{ kind: 'instruct', item_id: item.id, text, instruction: kind },
      ...{ owner_id: whose || null, due_at: due.at, instruction_id: replaced?.id ?? null },
    })
    giving.current = false
    if (answer) pad.sent(sent)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const nth = event.altKey ? KINDS[Number(event.code.replace('Digit', '')) - 1] : undefined
    if (nth) {
      event.preventDefault()
      setKind(nth)
    }
    // Enter that confirms an input method's choice must not give it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void give()
  }
  return (
    <div className={css.pad}>
      <Kept
        field={pad}
        label={t('rounds_live.pad.text')}
        said={(bed?.instructions ?? []).map((each) => each.text)}
      />
      {replaced && <Replaces one={replaced} pad={pad} />}
      <Input.TextArea
        id={PAD}
        variant="borderless"
        aria-label={t('rounds_live.pad.text')}
        placeholder={t('rounds_live.pad.text')}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={1000}
        value={pad.text}
        onChange={(event) => pad.write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Kinds kind={kind} onKind={setKind} />
      <div className={css.choices}>
        <Owner bed={bed} value={whose} onChange={setOwner} />
        <DueChoice due={due} />
        {due.key === OTHER && <OwnDue due={due} />}
      </div>
      <div className={css.give}>
        <Dictate
          key={pad.of}
          what={t('rounds_live.pad.text')}
          onSaid={(said) => pad.write(pad.text + said)}
        />
        <p id={`${PAD}-why`} className={css.why}>
          {why && t(`rounds_live.pad.${why}`)}
        </p>
        <Button
          disabled={!ready}
          loading={pending('instruct')}
          onClick={once(() => void give())}
          aria-describedby={`${PAD}-why`}
        >
          {t('rounds_live.pad.give')} ⏎
        </Button>
      </div>
    </div>
  )
}

/** 并入: which one ends once this is given. */
function Replaces({ one, pad }: { one: Instruction; pad: Text }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const undo = () => {
    pad.write(pad.text, null)
    document.getElementById(PAD)?.focus()
  }
  return (
    <p className={css.replaces} role="status">
      <span title={one.text}>
        {t('rounds_live.pad.replaces', { at: moment(one.round_at), text: one.text })}
      </span>
      <Button size="small" type="link" onClick={undo}>
        {t('rounds_live.pad.as_new')}
      </Button>
    </p>
  )
}

type KindsProps = { kind: InstructionKind; onKind: (kind: InstructionKind) => void }

function Kinds({ kind, onKind }: KindsProps) {
  const { t } = useTranslation()
  const onKeyDown = ({ key, altKey, ctrlKey }: KeyboardEvent) => {
    const nth = altKey || ctrlKey ? undefined : KINDS[Number(key) - 1]
    if (nth) onKind(nth)
  }
  return (
    <fieldset className={css.kinds} aria-label={t('rounds_live.pad.kind')} onKeyDown={onKeyDown}>
      {KINDS.map((each, i) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === kind}
          title={`Alt ${i + 1}`}
          onClick={() => onKind(each)}
        >
          <span aria-hidden>{i + 1}</span> {t(`rounds_live.kind.${each}`)}
        </button>
      ))}
    </fieldset>
  )
}

type OwnerProps = { bed: Bed | null; value: string; onChange: (id: string) => void }

function Owner({ bed, value, onChange }: OwnerProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const options = (bed?.owners ?? []).map((each) => ({
    value: each.id,
    label:
      each.name === bed?.bed_doctor
        ? t('rounds_live.pad.bed_doctor', { name: named(each) })
        : named(each),
  }))
  return (
    <Select
      aria-label={t('rounds_live.pad.owner')}
      value={value}
      onChange={onChange}
      options={[...options, { value: WHOEVER, label: t('rounds_live.pad.whoever') }]}
      popupMatchSelectWidth={false}
    />
  )
}

function DueChoice({ due }: { due: ReturnType<typeof useDue> }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const label = ({ on, at }: (typeof due.choices)[number]) =>
    on === 'now'
      ? t('rounds_live.pad.at_once', { n: String(AT_ONCE_MINUTES) })
      : t(`rounds_live.pad.${on}`, { at: time(new Date(at).toISOString()) })
  return (
    <Select
      aria-label={t('rounds_live.pad.due')}
      value={due.key}
      onChange={due.pick}
      options={[
        ...due.choices.map((each) => ({ value: each.key, label: label(each) })),
        { value: OTHER, label: t('rounds_live.pad.other') },
      ]}
      popupMatchSelectWidth={false}
    />
  )
}

function OwnDue({ due }: { due: ReturnType<typeof useDue> }) {
  const { t } = useTranslation()
  return (
    <Input
      type="datetime-local"
      aria-label={t('rounds_live.pad.other')}
      value={due.own}
      min={toField(new Date(serverNow()).toISOString())}
      onChange={(event) => due.setOwn(event.target.value)}
    />
  )
}
