/** 交接并停用: what waits for somebody who leaves, item by item or all to one colleague; no patient is named. */
import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { useProblemText } from '../../kit/problemText'
import { PanelSkeleton } from '../../kit/Skeletons'
import { type Person, useDisable, useEnable, waitingQuery } from './queries'
import css from './staff.module.css'

type Waiting = Schemas['WaitingOut']
type Item = Waiting['items'][number]
type Named = Record<string, string | null>
const NOBODY = 'nobody'

export function HandOver({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const enable = useEnable(person, onDone)
  return (
    <>
      {person.disabled_at ? (
        <>
          <Button loading={enable.isPending} onClick={() => enable.mutate()}>
            {t('staff.enable')}
          </Button>
          <Button onClick={() => setAsking(true)}>{t('staff.hand_only')}</Button>
        </>
      ) : (
        <Button danger onClick={() => setAsking(true)}>
          {t('staff.disable')}
        </Button>
      )}
      {asking && <Leaving person={person} onClose={() => setAsking(false)} onDone={onDone} />}
    </>
  )
}

type LeavingProps = { person: Person; onClose: () => void; onDone: () => void }

function Leaving({ person, onClose, onDone }: LeavingProps) {
  const { t } = useTranslation()
  const text = useProblemText()
  const [to, setTo] = useState<Named>({})
  const [count, setCount] = useState(0)
  const [wrong, setWrong] = useState('')
  const disable = useDisable(person, onDone, (problem) => {
    setWrong(text(problem))
    return true
  })
  const left = count - Object.keys(to).length
  const gone = person.disabled_at !== null
  const confirm = gone ? 'staff.hand' : count ? 'staff.disable_hand' : 'staff.disable_now'
  return (
    <Dialog
      title={t(gone ? 'staff.hand_ask' : 'staff.disable_ask', { name: person.name })}
      confirm={t(confirm)}
      danger={!gone}
      busy={disable.isPending}
      refusal={left > 0 ? t('staff.unnamed', { n: String(left) }) : null}
      onConfirm={() => disable.mutate(to)}
      onClose={onClose}
    >
      {!gone && <p>{t('staff.disable_note')}</p>}
      {wrong && (
        <p className="late" role="alert">
          {wrong}
        </p>
      )}
      <Loaded
        query={waitingQuery(person.id)}
        what={t('staff.waits', { n: '' })}
        skeleton={<PanelSkeleton rows={3} />}
      >
        {(waiting) => <Items waiting={waiting} to={to} onTo={setTo} onCount={setCount} />}
      </Loaded>
    </Dialog>
  )
}

type ItemsProps = {
  waiting: Waiting
  to: Named
  onTo: (to: Named) => void
  onCount: (n: number) => void
}

function Items({ waiting, to, onTo, onCount }: ItemsProps) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const { items, successors } = waiting
  const n = items.length
  // The dialog's button waits until each is named.
  useEffect(() => onCount(n), [n, onCount])
  if (items.length === 0) return <p className="secondary">{t('staff.waits_none')}</p>
  const options = successors.map((one) => ({ value: one.id, label: withTitle(one) }))
  return (
    <section className={css.part}>
      <h3>{t('staff.waits', { n: String(items.length) })}</h3>
      <Select
        aria-label={t('staff.to_all')}
        placeholder={t('staff.to_all')}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
        onChange={(id: string) =>
          onTo({
            ...to,
            ...Object.fromEntries(
              items.filter((one) => mayTake(one, id)).map(({ key }) => [key, id]),
            ),
          })
        }
      />
      <div className={css.box}>
        {items.map((item) => (
          <div key={item.key} className={css.line}>
            <What item={item} />
            <Select
              className={css.taker ?? ''}
              aria-label={t('staff.to_one')}
              placeholder={t('staff.to_one')}
              showSearch={{ optionFilterProp: 'label' }}
              {...(item.key in to ? { value: to[item.key] ?? NOBODY } : {})}
              options={[
                ...options.filter(({ value }) => mayTake(item, value)),
                ...(item.may_be_left ? [{ value: NOBODY, label: t('staff.to_nobody') }] : []),
              ]}
              onChange={(id: string) => onTo({ ...to, [item.key]: id === NOBODY ? null : id })}
            />
          </div>
        ))}
      </div>
    </section>
  )
}

function mayTake({ takers }: Item, id: string): boolean {
  return !takers || takers.includes(id)
}

const NAMED = ['lead', 'expert', 'accompanying', 'shift', 'round', 'pool'] as const

function What({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const { hospital } = usePeopleWords()
  const own = NAMED.find((one) => one === item.what)
  const kind = `home.kind.${item.what}`
  const words = own
    ? t(`staff.what.${own}`)
    : i18n.exists(kind)
      ? (i18n.t as unknown as (key: string) => string)(kind)
      : t('staff.what.work')
  const parts = [
    words,
    item.number,
    item.at ? moment(item.at) : '',
    item.until ? `– ${moment(item.until)}` : '',
    item.hospital_id ? hospital(item.hospital_id) : '',
  ]
  return <span>{parts.filter(Boolean).join(' · ')}</span>
}
