/** The rules of a plan: how many places with which titles, rest, nights in a row, most shifts. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../kit/Field'
import css from '../rosters.module.css'
import type { Plan } from '../week'
import type { Limits } from './draft'
import own from './planner.module.css'

const TITLES = ['attending', 'associate_chief', 'chief'] as const
const MOST_PLACES = 9
const NUMBERS = {
  rest_hours: { min: 0, max: 168 },
  nights_in_a_row: { min: 1, max: 42 },
  most_shifts: { min: 1, max: 84 },
} as const
type Title = Limits['places'][number]
type Props = { limits: Limits; plan: Plan; onChange: (limits: Limits) => void }

export function LimitsForm({ limits, plan, onChange }: Props) {
  const { t } = useTranslation()
  const one = plan.roster.day_starts === plan.roster.night_starts
  const { places } = limits
  const count = (n: number) => Array.from({ length: n }, (_, at) => places[at] ?? null)
  return (
    <div className={own.limits}>
      <Field label={t('roster_plan.places')}>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={places.length}
            onChange={({ target }) => onChange({ ...limits, places: count(Number(target.value)) })}
          >
            {Array.from({ length: MOST_PLACES }, (_, n) => n + 1).map((n) => (
              <option key={n} value={n}>
                {t('roster_plan.people', { count: n })}
              </option>
            ))}
          </select>
        )}
      </Field>
      {places.map((title, n) => (
        <TitleOf
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
          key={n}
          place={n + 1}
          title={title}
          onChange={(next) =>
            onChange({ ...limits, places: places.map((each, m) => (m === n ? next : each)) })
          }
        />
      ))}
      {(['rest_hours', 'nights_in_a_row', 'most_shifts'] as const).map((name) => (
        <NumberOf
          key={name}
          name={name}
          label={t(
            name === 'nights_in_a_row' && one ? 'roster_plan.in_a_row' : `roster_plan.${name}`,
          )}
          value={limits[name] ?? null}
          onChange={(value) => onChange({ ...limits, [name]: value })}
        />
      ))}
    </div>
  )
}

type TitleProps = { place: number; title: Title; onChange: (title: Title) => void }

function TitleOf({ place, title, onChange }: TitleProps) {
  const { t } = useTranslation()
  return (
    <Field label={t('roster_plan.title_of', { n: String(place) })}>
      {(ids) => (
        <select
          {...ids}
          className={css.pick}
          value={title ?? ''}
          onChange={({ target }) => onChange(TITLES.find((one) => one === target.value) ?? null)}
        >
          <option value="">{t('roster_plan.any_title')}</option>
          {TITLES.map((each) => (
            <option key={each} value={each}>
              {each === 'chief'
                ? t('title.chief')
                : t('roster_plan.at_least', { title: t(`title.${each}`) })}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type NumberProps = {
  name: keyof typeof NUMBERS
  label: string
  value: number | null
  onChange: (value: number | null) => void
}

/** Only the most shifts may be left open. What is typed and makes no sense yet counts once it does. */
function NumberOf({ name, label, value, onChange }: NumberProps) {
  const { t } = useTranslation()
  const { min, max } = NUMBERS[name]
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label={label}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          className={css.pick}
          min={min}
          max={max}
          value={typed ?? value ?? ''}
          placeholder={name === 'most_shifts' ? t('roster_plan.no_limit') : ''}
          onBlur={() => setTyped(null)}
          onChange={({ target }) => {
            setTyped(target.value)
            const next = target.value === '' ? null : Math.trunc(Number(target.value))
            if (next === null ? name === 'most_shifts' : min <= next && next <= max) onChange(next)
          }}
        />
      )}
    </Field>
  )
}
