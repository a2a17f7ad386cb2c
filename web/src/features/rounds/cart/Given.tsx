/** 查房指示 as large cards: read back by the bed doctor, then the order that carries it out is recorded. */

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { Bar } from '../../../kit/Skeletons'
import type { Waiting } from '../live/act'
import { useLive } from '../live/context'
import { bedQuery, type Instruction, type Item } from '../live/queries'
import css from './bed.module.css'
import { ReadBackHere } from './ReadBackHere'

const Execute = lazy(async () => ({
  default: (await import('../notes/InstructionDialogs')).Execute,
}))
/** What the ward carries out without an order. */
const BY_WORD = new Set<Instruction['kind']>(['observe', 'teach'])

type Props = { item: Item; waiting: readonly Waiting[]; offline: boolean }

export function Given({ item, waiting, offline }: Props) {
  const { t } = useTranslation()
  const { data: bed } = useQuery(bedQuery(item.id))
  const read = new Set(
    waiting.flatMap((act) => (act.kind === 'read_back' ? [act.instruction_id ?? ''] : [])),
  )
  const all = bed?.instructions ?? []
  return (
    <section className={css.given} aria-label={t('rounds_live.instructions.title')}>
      <p className={css.row}>
        <b>{t('rounds_live.instructions.title')}</b>
        <span className="secondary">{t('rounds_cart.not_order')}</span>
      </p>
      {!bed && <Bar height={96} />}
      {bed && all.length === 0 && <p className="secondary">{t('rounds_cart.none')}</p>}
      <ol>
        {all.map((one) => (
          <Card key={one.id} one={one} of={all.length} kept={read.has(one.id)} offline={offline} />
        ))}
      </ol>
      {bed && bed.before.length > 0 && (
        <>
          <p className={css.row}>
            <b>{t('rounds_cart.before')}</b>
          </p>
          <ol>
            {bed.before.map((one) => (
              <Card key={one.id} one={one} of={0} kept={false} offline={offline} />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

type CardProps = { one: Instruction; of: number; kept: boolean; offline: boolean }

function Card({ one, of, kept, offline }: CardProps) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { withTitle } = usePeopleWords()
  const unread = one.state === 'to_read_back' && !kept
  return (
    <li className={css.card} data-now={unread}>
      <p className={css.row}>
        {of > 0 && (
          <b className={css.n}>
            {one.n} / {of}
          </b>
        )}
        <State one={one} kept={kept} />
        <span className="secondary push">
          {t(`rounds_live.kind.${one.kind}`)} ·{' '}
          {t('rounds_live.instructions.due', { at: moment(one.due_at) })}
        </span>
      </p>
      <b className={css.text}>{one.text}</b>
      {one.owner && (
        <span className="secondary">{t('rounds_cart.owner', { name: withTitle(one.owner) })}</span>
      )}
      {unread && of > 0 && <ReadBack one={one} offline={offline} />}
      {one.state === 'to_execute' && one.may.includes('execute') && <Order one={one} />}
    </li>
  )
}

function State({ one, kept }: { one: Instruction; kept: boolean }) {
  const { t } = useTranslation()
  const { time, moment } = useFormat()
  const { named } = usePeopleWords()
  const by = (who: Instruction['owner'], at: string | null) => ({
    at: at ? time(at) : '',
    who: who ? named(who) : '',
  })
  if (kept) return <Pill tone="done">{t('rounds_cart.read_kept')}</Pill>
  if (one.state === 'to_read_back') return <Pill tone="urgent">{t('rounds_cart.to_read')}</Pill>
  if (one.state === 'executed')
    return <Pill tone="done">{t('rounds_cart.ordered', by(one.done_by, one.done_at))}</Pill>
  if (one.state !== 'to_execute')
    return (
      <Pill tone="quiet">
        {t(`rounds_live.instructions.${one.state}`, {
          at: one.replaced_round_at ? moment(one.replaced_round_at) : '',
        })}
      </Pill>
    )
  return (
    <>
      <Pill tone="done">{t('rounds_cart.read', by(one.read_back_by, one.read_back_at))}</Pill>
      <Pill tone="urgent">{t(`rounds_cart.${BY_WORD.has(one.kind) ? 'to_do' : 'to_order'}`)}</Pill>
    </>
  )
}

/** The doctor who is signed in reads back as themselves; at a cart any other doctor of the ward by their badge. */
function ReadBack({ one, offline }: { one: Instruction; offline: boolean }) {
  const { t } = useTranslation()
  const { actor, at_device } = useSession()
  const { named } = usePeopleWords()
  const { is } = useLive()
  const [by, setBy] = useState<'me' | 'badge' | null>(null)
  const mine = is('doctor')
  if (!mine && !at_device) return <p className="secondary">{t('rounds_cart.read_back.by_page')}</p>
  return (
    <>
      <Button
        type="primary"
        className={css.read ?? ''}
        onClick={() => setBy(mine ? 'me' : 'badge')}
      >
        {mine
          ? t('rounds_cart.read_back.mine', { name: named(actor) })
          : t('rounds_cart.read_back.badge')}
      </Button>
      {mine && at_device && (
        <Button type="link" size="large" onClick={() => setBy('badge')}>
          {t('rounds_cart.read_back.other')}
        </Button>
      )}
      {by && (
        <ReadBackHere
          one={one}
          byBadge={by === 'badge'}
          offline={offline}
          onClose={() => setBy(null)}
        />
      )}
    </>
  )
}

function Order({ one }: { one: Instruction }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button className={css.order ?? ''} onClick={() => setOpen(true)}>
        {t(`rounds_notes.record.${BY_WORD.has(one.kind) ? 'done' : 'order'}`)}
      </Button>
      <Suspense fallback={null}>
        {open && <Execute one={one} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  )
}
