/** One instruction: what, of which kind, whose, by when, and how far it has come. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow, useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { useLive } from './context'
import type { Instruction } from './queries'
import { ReadBack } from './ReadBack'
import { clock } from './sheet'
import css from './written.module.css'

type Props = {
  one: Instruction
  n: number
  onMerge: ((one: Instruction) => void) | null
  /** The bed at which its lead may say that it is still needed. */
  keeps?: string | null
}

export function InstructionRow({ one, n, onMerge, keeps = null }: Props) {
  const { t } = useTranslation()
  const { round } = useLive()
  const [reading, setReading] = useState(false)
  // What an earlier round left is read back on its own page.
  const reads = one.may.includes('read_back') && one.session_id === round.id
  return (
    <li className={css.row}>
      <span className={css.n}>{n}</span>
      <b className={css.text}>{one.text}</b>
      <span className={css.state}>
        <StatePill one={one} />
        {reads && (
          <Button size="small" type="primary" onClick={() => setReading(true)}>
            {t('rounds_live.read_back.title')}
          </Button>
        )}
        <span className={css.decide}>
          {keeps && <Keep one={one} item={keeps} />}
          {onMerge && one.may.includes('replace') && (
            <Button size="small" onClick={() => onMerge(one)}>
              {t('rounds_live.instructions.merge')}
            </Button>
          )}
        </span>
      </span>
      <Details one={one} />
      {reading && <ReadBack one={one} onClose={() => setReading(false)} />}
    </li>
  )
}

/** 仍需: once in a round. */
function Keep({ one, item }: { one: Instruction; item: string }) {
  const { t } = useTranslation()
  const { round, act, pending } = useLive()
  const began = Date.parse(round.started_at ?? round.starts_at)
  const kept = one.kept_at !== null && Date.parse(one.kept_at) >= began
  if (kept || !one.may.includes('keep')) return null
  return (
    <Button
      size="small"
      disabled={pending('keep')}
      onClick={() => void act({ kind: 'keep', item_id: item, instruction_id: one.id })}
    >
      {t('rounds_live.instructions.keep')}
    </Button>
  )
}

const OPEN = new Set<Instruction['state']>(['to_read_back', 'to_execute'])
/** What the ward carries out without an order. */
const BY_WORD = new Set<Instruction['kind']>(['observe', 'teach'])

function Details({ one }: { one: Instruction }) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const { named } = usePeopleWords()
  const late = serverNow() - Date.parse(one.due_at)
  return (
    <span className={css.details}>
      <span>{t(`rounds_live.kind.${one.kind}`)}</span>
      <span>{one.owner ? named(one.owner) : t('rounds_live.pad.whoever')}</span>
      {OPEN.has(one.state) && late > 0 ? (
        <b className="late">{t('count.late', { time: duration(late) })}</b>
      ) : (
        <span>{t('rounds_live.instructions.due', { at: moment(one.due_at) })}</span>
      )}
      {one.state === 'to_execute' && (
        <b className="soon">
          {t(`rounds_live.instructions.${BY_WORD.has(one.kind) ? 'to_do' : 'to_order'}`)}
        </b>
      )}
      {one.kept_at && (
        <span>
          {t('rounds_live.instructions.kept', {
            at: moment(one.kept_at),
            who: one.kept_by ? named(one.kept_by) : '',
          })}
        </span>
      )}
      {one.heard && <span>{t('rounds_live.read_back.heard', { words: one.heard })}</span>}
    </span>
  )
}

function StatePill({ one }: { one: Instruction }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  const at = (when: string | null) => (when ? moment(when) : '')
  if (one.state === 'to_read_back') return <Waiting since={one.given_at} />
  if (one.state === 'to_execute')
    return (
      <Pill tone="done">
        {t('rounds_live.instructions.read_back', {
          at: at(one.read_back_at),
          who: one.read_back_by ? named(one.read_back_by) : '',
        })}
      </Pill>
    )
  return (
    <Pill tone={one.state === 'executed' ? 'done' : 'quiet'}>
      {t(`rounds_live.instructions.${one.state}`, { at: at(one.replaced_round_at) })}
    </Pill>
  )
}

function Waiting({ since }: { since: string }) {
  const { t } = useTranslation()
  const waited = Math.max(0, (useNow() - Date.parse(since)) / 1000)
  return (
    <Pill tone="urgent">{t('rounds_live.instructions.to_read_back', { time: clock(waited) })}</Pill>
  )
}
