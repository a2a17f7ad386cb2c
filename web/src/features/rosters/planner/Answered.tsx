/** What came of planning: whether all is filled and proven, why a place stays empty, and which limit would help. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useFormat } from '../../../i18n/format'
import { Notice } from '../../../kit/Notice'
import { usePeopleWords } from '../../../kit/people'
import { siteDay, siteHour } from '../../../zone'
import type { Plan } from '../week'
import type { Answer, Limits } from './draft'
import css from './planner.module.css'

type Easing = Schemas['EasingOut']
const MOST_GAPS = 8
const MOST_NAMES = 3
const NOON = 12
type Props = {
  plan: Plan
  answer: Answer
  limits: Limits
  busy: boolean
  onEase: (limits: Limits) => void
}

export function Answered({ plan, answer, limits, busy, onEase }: Props) {
  const { t } = useTranslation()
  const { slot, name } = useSlotWords(plan)
  const { gaps, broken, easings } = answer
  const count = gaps.length
  return (
    <>
      {count === 0 ? (
        <Notice tone="done">{t(answer.best ? 'roster_plan.full' : 'roster_plan.full_late')}</Notice>
      ) : (
        <Notice tone="urgent">
          <b>{t(answer.fewest ? 'roster_plan.gaps' : 'roster_plan.gaps_late', { count })}</b>
          <ul className={css.gaps}>
            {gaps.slice(0, MOST_GAPS).map((gap) => (
              <li key={`${gap.starts}${gap.place}`}>
                <Why plan={plan} gap={gap} />
              </li>
            ))}
            {count > MOST_GAPS && (
              <li>{t('roster_plan.more_gaps', { count: count - MOST_GAPS })}</li>
            )}
          </ul>
          {easings.length > 0 ? (
            <div className={css.easings}>
              <span>{t('roster_plan.would_help')}</span>
              {easings.map((each) => (
                <Button
                  key={`${each.limit}${each.place}`}
                  size="small"
                  disabled={busy}
                  onClick={() => onEase(eased(limits, each))}
                >
                  <Eased easing={each} />
                </Button>
              ))}
            </div>
          ) : (
            <p>{t('roster_plan.nothing_helps')}</p>
          )}
        </Notice>
      )}
      {broken.length > 0 && (
        <Notice>
          {t('roster_plan.broken')}
          <ul className={css.gaps}>
            {broken.slice(0, MOST_GAPS).map((each) => (
              <li key={`${each.staff_id}${each.starts}`}>
                {t('rosters.on_page', {
                  who: name(each.staff_id),
                  span: slot(each.starts, each.place),
                  why: t(`roster_plan.because.${each.reason}`),
                })}
              </li>
            ))}
            {broken.length > MOST_GAPS && (
              <li>{t('roster_plan.more_gaps', { count: broken.length - MOST_GAPS })}</li>
            )}
          </ul>
        </Notice>
      )}
    </>
  )
}

function useSlotWords(plan: Plan) {
  const { t } = useTranslation()
  const { day: dayWords, time } = useFormat()
  const { named } = usePeopleWords()
  const name = (id: string): string => {
    const who = plan.people.find((each) => each.id === id)
    return who ? named(who) : ''
  }
  const slot = (starts: string, place: number): string =>
    t('roster_plan.slot', {
      day: dayWords(siteHour(siteDay(Date.parse(starts)), NOON)),
      at: time(starts),
      place: String(place),
    })
  return { slot, name }
}

/** 12月3日周四 18:00 第 1 顺位：2 人休假（柳春分、易立秋），1 人间隔不足 */
function Why({ plan, gap }: { plan: Plan; gap: Schemas['PlanGapOut'] }) {
  const { t } = useTranslation()
  const { slot, name } = useSlotWords(plan)
  const why = gap.why.map(({ reason, people }) => {
    const said = t(`roster_plan.why.${reason}`, { count: people.length })
    if (people.length > MOST_NAMES) return said
    return t('roster_plan.with_names', { said, names: people.map(name).join(t('rosters.comma')) })
  })
  const text = why.length > 0 ? why.join(t('roster_plan.and')) : t('roster_plan.nobody')
  return <>{t('state.labelled', { label: slot(gap.starts, gap.place) }) + text}</>
}

function Eased({ easing }: { easing: Easing }) {
  const { t } = useTranslation()
  const value = String(easing.value)
  const change = t(`roster_plan.ease.${easing.limit}`, { value, n: String(easing.place) })
  return <>{t('roster_plan.eased', { change, count: easing.left })}</>
}

function eased(limits: Limits, { limit, place, value }: Easing): Limits {
  switch (limit) {
    case 'rest':
      return { ...limits, rest_hours: value }
    case 'nights':
      return { ...limits, nights_in_a_row: value }
    case 'most':
      return { ...limits, most_shifts: value }
    case 'rank':
      return { ...limits, places: limits.places.map((each, n) => (n === place - 1 ? null : each)) }
    case 'places':
      return { ...limits, places: limits.places.slice(0, value) }
  }
}
