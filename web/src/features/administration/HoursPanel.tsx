/** The working hours of one's own hospital, by weekday. */
import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import css from './administration.module.css'
import {
  fromHours,
  type Hours,
  hoursFault,
  type Mode,
  modeOf,
  toHours,
  type WeekdayHours,
} from './hours'
import { useSaveHours } from './queries'

const MODES: readonly Mode[] = ['usual', 'own', 'closed']

/** `reads`: whose radiologists read for others, and may sign alone at night where the hospital says so. */
export function HoursPanel({ hours, reads }: { hours: Hours; reads: boolean }) {
  const { t, i18n } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  const [kept, setKept] = useState(() => fromHours(hours))
  const save = useSaveHours(hours.version)
  const fault = hoursFault(kept)
  const weekdayName = (n: number) =>
    new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, n + 1),
    )
  const set = (n: number, change: Partial<WeekdayHours>) =>
    setKept({ ...kept, days: kept.days.map((day, m) => (m === n ? { ...day, ...change } : day)) })
  return (
    <Panel title={t('workdays.hours')} note={hospital(actor.hospital_id)}>
      <div className={css.editor}>
        <Field label={t('workdays.usual')} hint={t('workdays.usual_hint')}>
          {({ id }) => (
            <Times
              id={id}
              label={t('workdays.usual')}
              starts={kept.starts}
              ends={kept.ends}
              onChange={(change) => setKept({ ...kept, ...change })}
            />
          )}
        </Field>
        <ul className={css.week}>
          {kept.days.map((day, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a weekday is its place
            <li key={n}>
              <span>{weekdayName(n)}</span>
              <Select<Mode>
                aria-label={weekdayName(n)}
                value={modeOf(day)}
                onChange={(mode) => set(n, { mode })}
                options={MODES.map((value) => ({ value, label: t(`workdays.mode.${value}`) }))}
              />
              {day.mode === 'own' && (
                <Times
                  label={weekdayName(n)}
                  starts={day.starts}
                  ends={day.ends}
                  onChange={(change) => set(n, change)}
                />
              )}
            </li>
          ))}
        </ul>
        {reads && (
          <Checkbox
            checked={kept.single}
            onChange={({ target }) => setKept({ ...kept, single: target.checked })}
          >
            {t('workdays.single_signature')}
            <span className="secondary small"> {t('workdays.single_signature_hint')}</span>
          </Checkbox>
        )}
        {fault && (
          <p className="late" role="alert">
            {t(`workdays.fault.${fault}`)}
          </p>
        )}
        <div className={css.acts}>
          <Button
            disabled={fault !== null || same(hours, kept)}
            loading={save.isPending}
            onClick={() => save.mutate(toHours(kept))}
          >
            {t('workdays.save_hours')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

const same = (hours: Hours, kept: ReturnType<typeof fromHours>) =>
  JSON.stringify(toHours(fromHours(hours))) === JSON.stringify(toHours(kept))

type TimesProps = {
  id?: string
  label: string
  starts: string
  ends: string
  onChange: (change: { starts?: string; ends?: string }) => void
}

function Times({ id, label, starts, ends, onChange }: TimesProps) {
  const { t } = useTranslation()
  return (
    <span className={css.times}>
      <Input
        {...(id ? { id } : {})}
        type="time"
        aria-label={t('workdays.starts', { of: label })}
        value={starts}
        onChange={({ target }) => onChange({ starts: target.value })}
      />
      –
      <Input
        type="time"
        aria-label={t('workdays.ends', { of: label })}
        value={ends}
        onChange={({ target }) => onChange({ ends: target.value })}
      />
    </span>
  )
}
