/** Whom of a hub somebody may name to lead a consultation: who fits comes first, who did not answer its call last. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { standsForCentre, useSession } from '../api/session'
import { useFormat } from '../i18n/format'
import { usePeopleWords } from '../kit/people'
import { rungQuery } from '../kit/ringing'
import type { LeadAct } from './perform'
import { expertsQuery } from './queries'
import type { Consultation } from './view'

/** Puts fitting entries first; otherwise keeps the server's order. */
export const first = <T>(list: readonly T[], fits: (one: T) => boolean): T[] =>
  [...list].sort((a, b) => Number(fits(b)) - Number(fits(a)))

type Experts = {
  /** `missed`: that they were called and did not come; empty if not. */
  options: { value: string; label: string; missed: string }[]
  /** Whom the form names until somebody else is chosen. */
  first: string | null
}

export function useExperts(
  c: Consultation,
  act: LeadAct,
  departments: readonly Schemas['DepartmentOut'][],
  wanted: string | undefined,
): Experts {
  const { actor, roles } = useSession()
  const { named, withTitle } = usePeopleWords()
  const unanswered = useUnanswered(c)
  const everybody = useQuery(expertsQuery(c.hub_id)).data ?? []
  // A dispatcher names somebody of their own department.
  const own = act === 'name_lead' && !standsForCentre(roles) ? actor.department_id : null
  const experts = own ? everybody.filter(({ department_id }) => department_id === own) : everybody
  const fitting = first(experts, ({ department_id }) => department_id === wanted)
  const offered = experts.filter(({ id }) => unanswered?.has(id) === false)
  return {
    options: first(fitting, ({ id }) => !unanswered?.has(id)).map((one) => {
      const department = departments.find(({ id }) => id === one.department_id)
      const label = `${withTitle(one)} ${department ? named(department) : ''}`
      return { value: one.id, label, missed: unanswered?.get(one.id) ?? '' }
    }),
    first:
      offered.find(({ id }) => id === c.content.expert_wanted)?.id ??
      offered.find(({ department_id }) => department_id === wanted)?.id ??
      null,
  }
}

/** Who was called in this emergency and did not come, as the list says it; null until it is known. Whom it rings at just
 *  now may still answer. */
function useUnanswered({ id, urgency }: Consultation): ReadonlyMap<string, string> | null {
  const { t } = useTranslation()
  const { time } = useFormat()
  const called = useQuery({ ...rungQuery(id), enabled: urgency === 'stat' })
  if (called.isLoading) return null
  const left = (called.data?.people ?? []).filter(({ rings }) => !rings)
  return new Map(
    left.map(({ id, told_at, passed_at }) => [
      id,
      passed_at
        ? t('acts.lead_passed', { at: time(passed_at) })
        : t('acts.lead_unanswered', { at: time(told_at) }),
    ]),
  )
}
