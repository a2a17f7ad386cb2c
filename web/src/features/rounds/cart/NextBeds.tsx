/** 下一床准备: the next two beds with what they lack. What is known of the next ones is kept on this page, so that the
 *  cart goes on without the network; with the page it is gone. */
import { ArrowRightOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { Dialog } from '../../../kit/Dialog'
import { Pill } from '../../../kit/Pill'
import { usePatientWords } from '../../../kit/patient'
import { useLacks } from '../lacks'
import { useLive } from '../live/context'
import { GoneNotice } from '../live/GoneNotice'
import { once } from '../live/keys'
import { bedQuery, chartQuery, type Item, type Round } from '../live/queries'
import { sheetOf } from '../live/sheet'
import css from './bed.module.css'

const SHOWN = 2
/** As many as are visited in ten minutes, and one more. */
const KEPT = 4

type Props = { round: Round; leadHere: boolean }

export function NextBeds({ round, leadHere }: Props) {
  const { t } = useTranslation()
  const { lines } = sheetOf(round, serverNow())
  const ahead = lines.flatMap(({ item, begins }) => (begins === null ? [] : [item]))
  const known = ahead
    .slice(0, KEPT)
    .flatMap(({ id, patient }) => (patient ? [{ id, patient }] : []))
  useQueries({ queries: known.map(({ id }) => bedQuery(id)) })
  useQueries({ queries: known.map(({ patient }) => chartQuery(patient.id)) })
  const [next] = ahead
  const left = lines.filter(({ item, mark }) => mark === item.gone)
  return (
    <section className={css.next} aria-label={t('rounds_cart.ahead.title')}>
      <p className={css.row}>
        <b>{t('rounds_cart.ahead.title')}</b>
        <span className="secondary push">{t(`rounds_cart.ahead.${next ? 'kept' : 'none'}`)}</span>
      </p>
      <ol>
        {ahead.slice(0, SHOWN).map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ol>
      {next && round.state === 'live' && next.actions.includes('present') && (
        <Go key={next.id} item={next} asks={leadHere} />
      )}
      {left.map(({ item }) => (
        <GoneNotice key={item.id} item={item} button={css.skip} />
      ))}
    </section>
  )
}

function Row({ item }: { item: Item }) {
  const { t } = useTranslation()
  const patients = usePatientWords()
  const lacksOf = useLacks('rounds_live')
  const lacks = lacksOf(item).join(t('state.comma'))
  return (
    <li className={css.row}>
      <b>{t('patient.bed', { bed: item.bed })}</b>
      <span className={css.cut}>
        {[
          item.patient ? patients.brief(item.patient) : t('rounds_live.not_agreed'),
          item.patient && item.summary,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className="push">
        {lacks ? (
          <Pill tone="urgent">{t('rounds_cart.ahead.lacks', { what: lacks })}</Pill>
        ) : (
          <Pill tone="done">{t('rounds_cart.ahead.ready')}</Pill>
        )}
      </span>
    </li>
  )
}

/** While the lead is there going on is theirs, and is asked for twice. */
function Go({ item, asks }: { item: Item; asks: boolean }) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  const [asking, setAsking] = useState(false)
  const go = () => {
    setAsking(false)
    void act({ kind: 'present', item_id: item.id })
  }
  return (
    <>
      <Button
        className={css.go ?? ''}
        loading={pending('present')}
        onClick={once(asks ? () => setAsking(true) : go)}
      >
        {t('rounds_cart.ahead.go', { bed: item.bed })} <ArrowRightOutlined aria-hidden />
      </Button>
      {asking && (
        <Dialog
          title={t('rounds_cart.ahead.ask', { bed: item.bed })}
          confirm={t('rounds_cart.ahead.confirm')}
          onConfirm={go}
          onClose={() => setAsking(false)}
        >
          <p>{t('rounds_cart.ahead.lead_here')}</p>
        </Dialog>
      )}
    </>
  )
}
