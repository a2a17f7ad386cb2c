/** What is open of earlier rounds and this one, by bed, with what is overdue. */
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { usePatientWords } from '../../../kit/patient'
import { paths } from '../../../paths'
import { siteDay } from '../../../zone'
import { useRoundWords } from '../words'
import css from './board.module.css'
import type { Board, Instruction, OpenAtBed } from './queries'

const SHOWS = ['all', 'today'] as const

export function Open({ beds, board }: { beds: OpenAtBed[]; board: Board }) {
  const { t } = useTranslation()
  const now = useNow()
  const [show, setShow] = useState<(typeof SHOWS)[number]>('all')
  const all = beds.flatMap(({ items }) => items)
  const isDue = ({ due_at }: Instruction) => siteDay(Date.parse(due_at)) <= siteDay(now)
  const late = all.filter(({ due_at }) => Date.parse(due_at) < now).length
  const count = { all: all.length, today: all.filter(isDue).length }
  const shown = beds
    .map((each) => ({ ...each, items: show === 'all' ? each.items : each.items.filter(isDue) }))
    .filter(({ items }) => items.length > 0)
  return (
    <Panel
      title={t('rounds_board.open', { n: String(all.length) })}
      note={late > 0 && <Pill tone="stat">{t('rounds_board.overdue', { n: String(late) })}</Pill>}
      extra={
        all.length > 0 && (
          <Segmented
            className={css.unprinted ?? ''}
            aria-label={t('rounds_board.show')}
            value={show}
            options={SHOWS.map((value) => ({
              value,
              label: t(`rounds_board.shows.${value}`, { n: String(count[value]) }),
            }))}
            onChange={setShow}
          />
        )
      }
      tight
    >
      {shown.length === 0 && <p className="secondary">{t('rounds_board.no_open')}</p>}
      {shown.map((each) => (
        <AtBed key={each.patient.id} of={each} board={board} />
      ))}
      <p className={`secondary small ${css.notOrder}`}>{t('rounds_notes.not_order')}</p>
    </Panel>
  )
}

function AtBed({ of, board }: { of: OpenAtBed; board: Board }) {
  const { t } = useTranslation()
  const { name, sex, age } = usePatientWords()
  const { patient, bed, items } = of
  const here = board.beds.find(({ item }) => item.patient?.id === patient.id)
  const turn = here?.turn
  const title = t('rounds_notes.bed', { bed })
  return (
    <section aria-label={title}>
      <h3 className={css.bed}>
        <b>{title}</b> {name(patient)} {sex(patient.sex)} {age(patient)}
        {turn && (
          <span className={`push small ${turn === 'now' ? css.here : 'secondary'}`}>
            {turn === 'now' ? t('rounds.item_state.presenting') : t(`rounds_board.turn.${turn}`)}
          </span>
        )}
      </h3>
      <ul className={css.open}>
        {items.map((each) => (
          <One key={each.id} one={each} />
        ))}
      </ul>
    </section>
  )
}

const BY_WORD: ReadonlySet<Instruction['kind']> = new Set(['observe', 'teach'] as const)

function One({ one }: { one: Instruction }) {
  const { t } = useTranslation()
  const { named } = useRoundWords()
  const { moment, duration } = useFormat()
  const gone = useNow() - Date.parse(one.due_at)
  const waits = () => {
    if (one.state === 'to_read_back') return t('rounds_board.to_read_back')
    return t(BY_WORD.has(one.kind) ? 'rounds_board.to_do' : 'rounds_board.to_order')
  }
  return (
    <li>
      <span className={css.cut}>
        <Link className={css.given} to={paths.roundNotes(one.item_id)}>
          {one.text}
        </Link>
        <small>
          {[
            t(`rounds_board.kind.${one.kind}`),
            one.owner ? named(one.owner) : t('rounds_board.ward_doctors'),
            gone > 0 && waits(),
            one.kept_at && t('rounds_board.kept_open', { at: moment(one.kept_at) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <span className={gone > 0 ? css.bad : undefined}>{moment(one.due_at)}</span>
      <span>
        {gone > 0 ? (
          <Pill tone="stat">{t('rounds_board.late_by', { for: duration(gone) })}</Pill>
        ) : (
          <Pill tone={one.state === 'to_read_back' ? 'urgent' : 'brand'}>{waits()}</Pill>
        )}
      </span>
    </li>
  )
}
