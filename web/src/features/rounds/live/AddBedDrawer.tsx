/** Each bed that waits to be added, with what is said of it and what can be done; the ward also finds more of them. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../../../kit/Drawer'
import { EmptyState } from '../../../kit/EmptyState'
import { Pill } from '../../../kit/Pill'
import { usePatientWords } from '../../../kit/patient'
import { AddDrawer } from '../list/AddDrawer'
import { Acts } from '../list/ItemRow'
import list from '../list/list.module.css'
import type { Item, Round } from './queries'
import { toDecide } from './sheet'

type Props = { round: Round; leads: boolean; onClose: () => void }

export default function AddBedDrawer({ round, leads, onClose }: Props) {
  const { t } = useTranslation()
  const [finding, setFinding] = useState(false)
  const waiting = toDecide(round)
  const whose = leads ? 'lead' : 'ward'
  const find = round.may_add && (
    <Button onClick={() => setFinding(true)}>{t('rounds.list.from_ward')}</Button>
  )
  return (
    <Drawer open title={t('rounds_live.add.title')} onClose={onClose}>
      {waiting.length === 0 ? (
        <EmptyState
          title={t(`rounds_live.add.none.${whose}`)}
          hint={t(`rounds_live.add.none_hint.${whose}`)}
          action={find}
        />
      ) : (
        <>
          <p className="secondary">{t(`rounds_live.add.hint.${whose}`)}</p>
          <ul className={list.ward} aria-label={t('rounds_live.add.title')}>
            {waiting.map((item) => (
              <One key={item.id} round={round} item={item} />
            ))}
          </ul>
          {find}
        </>
      )}
      {finding && <AddDrawer round={round} onClose={() => setFinding(false)} />}
    </Drawer>
  )
}

function One({ round, item }: { round: Round; item: Item }) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const said = [item.summary, item.question].filter(Boolean).join(' · ')
  return (
    <li className={list.candidate}>
      <b className={list.bed}>{item.bed}</b>
      <span className={list.text}>
        <b>{item.patient ? brief(item.patient) : t('rounds_live.not_agreed')}</b>
        {item.patient && (
          <span className="secondary small">{said || t('rounds.list.no_question')}</span>
        )}
        {item.patient && item.consent !== 'in_force' && (
          <span className={list.marks}>
            <Pill tone="stat">{t(`rounds.consent.${item.consent}`)}</Pill>
          </span>
        )}
      </span>
      <Acts round={round} item={item} writes={false} />
    </li>
  )
}
