/** A year as twelve small months; a click on a day makes it worked or free, and all clicks are saved together. */
import { Button, Input } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { Month } from './Month'
import { useSaveDays } from './queries'
import {
  addDays,
  type Calendar,
  changesOf,
  type Edits,
  monthsOf,
  toggled,
  type Whose,
} from './year'
import css from './year.module.css'

const STEP: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
const LONGEST_NAME = 40

type Props = { calendar: Calendar; whose: Whose; edits: Edits; onEdits: (edits: Edits) => void }

export function YearPanel({ calendar, whose, edits, onEdits }: Props) {
  const { t } = useTranslation()
  const { year } = calendar
  const [name, setName] = useState('')
  // One stop of the Tab key in the whole year; the arrows move it.
  const [at, setAt] = useState(`${year}-01-01`)
  const save = useSaveDays(() => {
    onEdits(new Map())
    setName('')
  })
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEP[event.key]
    const next = step ? addDays(at, step) : at
    if (!step || !next.startsWith(String(year))) return
    event.preventDefault()
    setAt(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus()
  }
  const click = (day: string) => {
    setAt(day)
    onEdits(toggled(calendar, whose, edits, day))
  }
  return (
    <Panel
      title={t(whose === 'all' ? 'workdays.days_of_all' : 'workdays.days_of_own', {
        year: String(year),
      })}
      note={t(whose === 'all' ? 'workdays.hint_all' : 'workdays.hint_own')}
      extra={<Legend />}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus among its buttons */}
      <div className={css.year} onKeyDown={move}>
        {monthsOf(year).map((weeks, month) => (
          <Month
            // biome-ignore lint/suspicious/noArrayIndexKey: a month is its place
            key={month}
            calendar={calendar}
            whose={whose}
            edits={edits}
            month={month}
            weeks={weeks}
            at={at}
            onDay={click}
          />
        ))}
      </div>
      {edits.size > 0 && (
        <div className={css.save}>
          <Field label={t('workdays.name')}>
            {({ id }) => (
              <Input
                id={id}
                value={name}
                maxLength={LONGEST_NAME}
                placeholder={t('workdays.name_example')}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() =>
              save.mutate({
                of_all: whose === 'all',
                days: changesOf(calendar, whose, edits, name),
              })
            }
          >
            {t('workdays.save', { count: edits.size })}
          </Button>
          <Button onClick={() => onEdits(new Map())}>{t('workdays.discard')}</Button>
        </div>
      )}
    </Panel>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <span className={css.legend}>
      <span className={`${css.sample} ${css.off}`}>{t('workdays.off_mark')}</span>
      {t('workdays.off')}
      <span className={`${css.sample} ${css.work}`}>{t('workdays.work_mark')}</span>
      {t('workdays.work')}
    </span>
  )
}
