/** 目前医嘱, as the hospital system has them. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { isTyped, TakeBack } from '../charting/TakeBack'
import css from './bed.module.css'
import type { Chart } from './queries'
import { useSource } from './useSource'

const FIRST = 8

/** `ends`: whose typed orders this person may end. */
export function Orders({ chart, ends }: { chart: Chart; ends?: string | null }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const named = useSource()
  const [all, setAll] = useState(false)
  const { orders, read_at, source } = chart
  return (
    <section className={css.box} aria-label={t('rounds_live.orders.title')}>
      <header className={css.head}>
        <h2>{t('rounds_live.orders.title')}</h2>
        <span className="secondary small">
          {read_at && t('chart.read', { system: named(source), at: moment(read_at) })}
        </span>
        {orders.length > FIRST && (
          <Button
            className="push"
            type="link"
            size="small"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all
              ? t('rounds_live.chart.fewer')
              : t('rounds_live.orders.all', { count: orders.length })}
          </Button>
        )}
      </header>
      {orders.length === 0 ? (
        <p className="secondary">{t('rounds_live.orders.none')}</p>
      ) : (
        <ul className={css.orders}>
          {orders.slice(0, all ? orders.length : FIRST).map((each) => (
            <li
              key={`${each.text} ${each.started_at}`}
              title={each.started_at ? t('chart.began', { at: moment(each.started_at) }) : ''}
            >
              {each.text}
              {ends && isTyped(each) && (
                <TakeBack
                  patient={ends}
                  charted={{ ended: [each.text] }}
                  what="end"
                  of={each.text}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
