/** The choice among the proposed times; the earliest is preselected. */
import { useQuery } from '@tanstack/react-query'
import { Radio, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/format'
import { Field } from '../kit/Field'
import { usePeopleWords } from '../kit/people'
import css from '../kit/ReasonDialog.module.css'
import { proposalsQuery } from './queries'

type Proposal = Schemas['Proposal']
type State = {
  proposals: Proposal[]
  loading: boolean
  picked: string
  pick: (key: string) => void
  chosen: Proposal | null
}

const LATER = 'later'
const keyOf = ({ starts_at, venue }: Proposal) => `${starts_at} ${venue.id}`

export function useTimes(consultationId: string, leadId: string | null): State {
  const { data, isLoading } = useQuery({
    ...proposalsQuery(consultationId, leadId),
    enabled: leadId !== null,
  })
  const [picked, pick] = useState<string | null>(null)
  const proposals = data?.items ?? []
  const found = proposals.find((one) => keyOf(one) === picked)
  const chosen = picked === LATER ? null : (found ?? proposals[0] ?? null)
  return {
    proposals,
    loading: isLoading,
    picked: chosen ? keyOf(chosen) : LATER,
    pick,
    chosen,
  }
}

export function Times({ proposals, loading, picked, pick }: State) {
  const { t } = useTranslation()
  const { moment, time } = useFormat()
  const { named } = usePeopleWords()
  return (
    <Field
      label={t('acts.when')}
      hint={!loading && proposals.length === 0 ? t('acts.no_proposals') : undefined}
    >
      {({ id }) =>
        loading ? (
          <Spin size="small" />
        ) : (
          <Radio.Group
            id={id}
            className={css.choices ?? ''}
            value={picked}
            onChange={(event) => pick(event.target.value)}
            options={[
              ...proposals.map((one) => ({
                value: keyOf(one),
                label: `${moment(one.starts_at)}–${time(one.ends_at)} · ${named(one.venue)}${
                  one.why === 'out_of_hours' ? ` · ${t('acts.out_of_hours')}` : ''
                }${one.guessed.length > 0 ? ` · ${t('acts.holidays_unknown')}` : ''}`,
              })),
              { value: LATER, label: t('acts.book_later') },
            ]}
          />
        )
      }
    </Field>
  )
}
