/** The form for accepting, taking, and naming the lead: who leads, and when. */
import { useQuery } from '@tanstack/react-query'
import { Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { standsForCentre, useSession } from '../api/session'
import { useFormat } from '../i18n/format'
import { Field } from '../kit/Field'
import { usePeopleWords } from '../kit/people'
import { rungQuery } from '../kit/ringing'
import type { Doing, LeadAct } from './perform'
import { departmentsQuery, expertsQuery } from './queries'
import { Times, useTimes } from './Times'
import type { Consultation } from './view'

export type LeadForm = {
  fields: ReactNode
  confirm: string
  /** What is missing; null if it may be done. */
  refusal: string | null
  doing: Doing
}

/** Puts fitting entries first; otherwise keeps the server's order. */
const first = <T,>(list: T[], fits: (one: T) => boolean): T[] =>
  [...list].sort((a, b) => Number(fits(b)) - Number(fits(a)))

function doingOf(
  act: LeadAct,
  lead_id: string | null,
  department_id: string | null,
  chosen: Schemas['Proposal'] | null,
): Doing {
  if (act === 'take') return { act, lead_id }
  if (act === 'name_lead') return { act, lead_id: lead_id ?? '' }
  const time = chosen && {
    starts_at: chosen.starts_at,
    ends_at: chosen.ends_at,
    venue_id: chosen.venue.id,
  }
  return { act, lead_id, department_id, time }
}

type ChoiceProps = {
  label: string
  value: string | null
  onChange: (id: string) => void
  options: { value: string; label: string }[]
}

function Choice({ label, value, onChange, options }: ChoiceProps) {
  return (
    <Field label={label} required>
      {({ id }) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={value}
          onChange={(chosen) => chosen && onChange(chosen)}
          options={options}
        />
      )}
    </Field>
  )
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

export function useLeadForm(c: Consultation, act: LeadAct): LeadForm {
  const { t } = useTranslation()
  const { actor, roles } = useSession()
  const { named, withTitle } = usePeopleWords()
  const departments = (useQuery(departmentsQuery()).data ?? []).filter(
    ({ hospital_id }) => hospital_id === c.hub_id,
  )
  const everybody = useQuery(expertsQuery(c.hub_id)).data ?? []
  const [by, setBy] = useState<'lead' | 'department'>('lead')
  const [pickedLead, setLead] = useState<string | null>(null)
  const [pickedDepartment, setDepartment] = useState<string | null>(null)

  // A dispatcher names somebody of their own department.
  const own = act === 'name_lead' && !standsForCentre(roles) ? actor.department_id : null
  const experts = own ? everybody.filter(({ department_id }) => department_id === own) : everybody
  const wanted = departments.find(({ specialty }) => specialty === c.content.specialty)
  const unanswered = useUnanswered(c)
  const offered = experts.filter(({ id }) => unanswered?.has(id) === false)
  const lead =
    pickedLead ??
    offered.find(({ id }) => id === c.content.expert_wanted)?.id ??
    offered.find(({ department_id }) => department_id === wanted?.id)?.id ??
    null
  const department = pickedDepartment ?? wanted?.id ?? null
  const asksTime = act === 'accept' && by === 'lead' && c.mode === 'live'
  const times = useTimes(c.id, asksTime ? lead : null)
  const chosen = by === 'lead' ? lead : department
  const departmentOf = (id: string | null) => {
    const found = departments.find((one) => one.id === id)
    return found ? named(found) : ''
  }

  const fields = (
    <>
      {act === 'accept' && (
        <Field label={t('acts.accept_to')}>
          {({ id }) => (
            <Radio.Group
              id={id}
              optionType="button"
              value={by}
              onChange={(event) => setBy(event.target.value)}
              options={[
                { value: 'lead', label: t('acts.accept_lead') },
                { value: 'department', label: t('acts.accept_department') },
              ]}
            />
          )}
        </Field>
      )}
      {by === 'lead' ? (
        <Choice
          label={t('acts.choose_expert')}
          value={lead}
          onChange={setLead}
          options={first(
            first(experts, (one) => one.department_id === wanted?.id),
            (one) => !unanswered?.has(one.id),
          ).map((one) => ({
            value: one.id,
            label: [`${withTitle(one)} ${departmentOf(one.department_id)}`, unanswered?.get(one.id)]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      ) : (
        <Choice
          label={t('acts.choose_department')}
          value={department}
          onChange={setDepartment}
          options={first(departments, (one) => one.id === wanted?.id).map((one) => ({
            value: one.id,
            label: named(one),
          }))}
        />
      )}
      {asksTime && lead && <Times {...times} />}
    </>
  )
  const time = asksTime ? times.chosen : null
  return {
    fields,
    confirm: time ? t('acts.accept_and_book') : t(`acts.verb.${act}`),
    refusal: chosen ? null : t('acts.choose'),
    doing: doingOf(act, by === 'lead' ? lead : null, by === 'department' ? department : null, time),
  }
}
