/** The form for accepting, taking, and naming the lead: who leads, and when. */
import { useQuery } from '@tanstack/react-query'
import { Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { Field } from '../kit/Field'
import { usePeopleWords } from '../kit/people'
import type { Doing, LeadAct } from './perform'
import { departmentsQuery } from './queries'
import { Times, useTimes } from './Times'
import { first, useExperts } from './useExperts'
import type { Consultation } from './view'

export type LeadForm = {
  fields: ReactNode
  confirm: string
  /** What is missing; null if it may be done. */
  refusal: string | null
  doing: Doing
}

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
    branch_venue_id: null,
    venue_ids: [],
    experts: [],
    without: [],
    override: '',
  }
  return { act, lead_id, department_id, time }
}

type ChoiceProps = {
  label: string
  value: string | null
  onChange: (id: string) => void
  options: { value: string; label: string; missed?: string }[]
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
          optionRender={({ data }) => (
            <>
              {data.label}
              {data.missed && <div className="secondary small">{data.missed}</div>}
            </>
          )}
        />
      )}
    </Field>
  )
}

export function useLeadForm(c: Consultation, act: LeadAct): LeadForm {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const departments = (useQuery(departmentsQuery()).data ?? []).filter(
    ({ hospital_id }) => hospital_id === c.hub_id,
  )
  const [by, setBy] = useState<'lead' | 'department'>('lead')
  const [pickedLead, setLead] = useState<string | null>(null)
  const [pickedDepartment, setDepartment] = useState<string | null>(null)

  const wanted = departments.find(({ specialty }) => specialty === c.content.specialty)
  const experts = useExperts(c, act, departments, wanted?.id)
  const lead = pickedLead ?? experts.first
  const department = pickedDepartment ?? wanted?.id ?? null
  const asksTime = act === 'accept' && by === 'lead' && c.mode === 'live'
  const times = useTimes(c.id, asksTime ? lead : null)
  const chosen = by === 'lead' ? lead : department

  const missed = experts.options.find(({ value }) => value === lead)?.missed
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
          options={experts.options}
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
      {by === 'lead' && missed && (
        <p className="late small" role="status">
          {missed}
        </p>
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
