/** The week on show, its time zone, and the legend. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import css from './cards.module.css'
import { Legend, type Look } from './Legend'
import { addDays, dayOf, weekOf } from './week'
import { useTimeWords } from './words'

type Props = {
  zone: string
  focus: string
  /** One day is shown, and the arrows go by days. */
  oneDay?: boolean
  onFocus: (day: string) => void
  note?: ReactNode
  extra?: ReactNode
  /** The kinds of blocks on this page. */
  legend: readonly Look[]
}
export function WeekBar({ zone, focus, oneDay = false, onFocus, note, extra, legend }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const week = weekOf(focus)
  const today = dayOf(serverNow(), zone)
  const [before, after] = oneDay
    ? [addDays(focus, -1), addDays(focus, 1)]
    : [addDays(week[0] ?? focus, -7), addDays(week[0] ?? focus, 7)]
  return (
    <div className={css.bar}>
      <h2>{oneDay ? words.whole(focus) : words.range(week[0] ?? focus, week[6] ?? focus)}</h2>
      <Button size="small" icon={<LeftOutlined aria-hidden />} onClick={() => onFocus(before)}>
        {t(oneDay ? 'scheduling.day_before' : 'scheduling.week_before')}
      </Button>
      <Button size="small" onClick={() => onFocus(today)}>
        {t('scheduling.today')}
      </Button>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        onClick={() => onFocus(after)}
      >
        {t(oneDay ? 'scheduling.day_after' : 'scheduling.week_after')}
      </Button>
      <span className="secondary small">{words.zone}</span>
      {extra}
      {note}
      <Legend looks={legend} />
    </div>
  )
}
