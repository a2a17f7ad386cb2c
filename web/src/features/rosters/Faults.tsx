/** What the server refuses of the shifts, each in a sentence that names it. */
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/problem'
import { Notice } from '../../kit/Notice'
import { usePeopleWords } from '../../kit/people'
import { useRosterWords } from '../../kit/rosterWords'
import { type Plan, type Shift, spanOf } from './week'

const WHY = ['ends_first', 'too_long', 'place', 'outside', 'not_eligible', 'twice'] as const
export type Fault = { n: number; reason: (typeof WHY)[number] }

const isFault = (each: unknown): each is Fault =>
  typeof each === 'object' &&
  each !== null &&
  'n' in each &&
  'reason' in each &&
  WHY.some((why) => why === each.reason)

export const faultsOf = ({ extra }: Problem): Fault[] =>
  Array.isArray(extra.faults) ? extra.faults.filter(isFault) : []

type Props = { faults: Fault[]; shifts: Shift[]; people: Plan['people'] }

export function Faults({ faults, shifts, people }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { span } = useRosterWords()
  if (faults.length === 0) return null
  return (
    <Notice tone="stat">
      <b>{t('rosters.faulty', { count: faults.length })}</b>
      <ul>
        {faults.map(({ n, reason }) => {
          const shift = shifts[n]
          const who = people.find(({ id }) => id === shift?.staff_id)
          return (
            <li key={`${n}${reason}`}>
              {t('rosters.on_page', {
                who: who ? named(who) : '',
                span: shift ? span(spanOf(shift)) : '',
                why: t(`rosters.fault.${reason}`),
              })}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}
