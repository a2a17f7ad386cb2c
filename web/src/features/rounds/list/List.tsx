/** Whom a round visits, in order: moved by drag or by keys, confirmed, filled in, taken off, added from the ward. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { EmptyState } from '../../../kit/EmptyState'
import { Panel } from '../../../kit/Panel'
import { type Item, type Round, TAKES_LIST } from '../queries'
import { AddDrawer } from './AddDrawer'
import { ItemRow, type Moves } from './ItemRow'
import css from './list.module.css'
import { useOrder } from './order'

const WRITES = ['doctor', 'nurse', 'lead']

export function List({ round }: { round: Round }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const writes =
    TAKES_LIST.has(round.state) && round.capacities.some((each) => WRITES.includes(each))
  const add = round.may_add ? (
    <Button icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t('rounds.list.from_ward')}
    </Button>
  ) : null
  return (
    <Panel
      title={t('rounds.list.title')}
      note={round.items.length > 0 && t('rounds.list.count', { n: String(round.items.length) })}
      extra={round.items.length > 0 && add}
      tight
    >
      {round.items.length === 0 ? (
        <Nobody round={round} add={add} />
      ) : (
        <Items round={round} writes={writes} />
      )}
      {adding && <AddDrawer round={round} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

function Nobody({ round, add }: { round: Round; add: React.ReactNode }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const hint = () => {
    if (round.state === 'planned')
      return t('rounds.list.empty_planned', { at: moment(round.list_opens_at) })
    return t(round.may_add ? 'rounds.list.empty_add' : 'rounds.list.empty_wait')
  }
  return <EmptyState title={t('rounds.list.empty')} hint={hint()} action={add} />
}

function Items({ round, writes }: { round: Round; writes: boolean }) {
  const { t } = useTranslation()
  const { order, put } = useOrder(round)
  const [said, setSaid] = useState('')
  const [dragged, setDragged] = useState<string | null>(null)
  const byId = new Map(round.items.map((item) => [item.id, item]))
  const items = order.flatMap((id) => byId.get(id) ?? [])
  const focus = useFocusKept(order)
  const moved = (item: Item, to: number) => {
    const place = Math.min(Math.max(to, 0), items.length - 1)
    if (items[place]?.id === item.id) return
    put(item.id, place)
    const [n, all] = [String(place + 1), String(items.length)]
    setSaid(t('rounds.list.moved', { bed: item.bed, place: n, all }))
  }
  const orders = writes && TAKES_LIST.has(round.state) && items.length > 1
  const movesOf = (item: Item, place: number): Moves => ({
    onStep: (by) => {
      focus(item.id)
      moved(item, place + by)
    },
    onDrag: (on) => setDragged(on ? item.id : null),
    onDrop: () => {
      const one = dragged && byId.get(dragged)
      if (one) moved(one, place)
      setDragged(null)
    },
  })
  return (
    <>
      {orders && <p className="secondary small">{t('rounds.list.grip_hint')}</p>}
      <ol className={css.items} aria-label={t('rounds.list.title')}>
        {items.map((item, place) => (
          <ItemRow
            key={item.id}
            round={round}
            item={item}
            writes={writes}
            moves={orders ? movesOf(item, place) : null}
          />
        ))}
      </ol>
      <span className="unseen" role="status">
        {said}
      </span>
    </>
  )
}

/** A row that the page puts elsewhere loses the focus: its grip gets it back. */
function useFocusKept(order: readonly string[]): (id: string) => void {
  const wanted = useRef<string | null>(null)
  const drawn = order.join(' ')
  useLayoutEffect(() => {
    if (!drawn || !wanted.current) return
    document.querySelector<HTMLElement>(`[data-grip="${wanted.current}"]`)?.focus()
    wanted.current = null
  }, [drawn])
  return (id) => {
    wanted.current = id
  }
}
