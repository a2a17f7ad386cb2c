/** Asks which hub is asked instead, and why; only those whose agreement with the branch covers it today. */
import { useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { Dialog } from '../kit/Dialog'
import { EmptyState } from '../kit/EmptyState'
import { Field } from '../kit/Field'
import { Loaded } from '../kit/Loaded'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import { Bar } from '../kit/Skeletons'
import type { Doing } from './perform'
import { hubsQuery } from './queries'
import { type Reason, ReasonFields } from './ReasonFields'
import type { Consultation } from './view'

type Code = Schemas['Redirect']['code']
type Hub = Schemas['HubOut']
const CODES: readonly Code[] = [
  'no_expert',
  'no_time',
  'better_placed',
  'asked_for',
  'fault',
  'other',
]

type Props = {
  consultation: Consultation
  who: string
  busy: boolean
  onDo: (doing: Doing) => void
  onClose: () => void
}

export function RedirectDialog({ consultation: c, who, ...on }: Props) {
  const { t } = useTranslation()
  const title = t('acts.redirect.title', { who })
  const query = hubsQuery(c.id)
  const { data: hubs = [] } = useQuery(query)
  if (hubs.length > 0) return <Asking consultation={c} title={title} hubs={hubs} {...on} />
  return (
    <Dialog title={title} onClose={on.onClose}>
      <Loaded query={query} what={t('acts.redirect.to')} skeleton={<Bar height={64} />}>
        {() => (
          <EmptyState title={t('acts.redirect.nowhere')} hint={t('acts.redirect.nowhere_hint')} />
        )}
      </Loaded>
    </Dialog>
  )
}

function Asking({
  consultation: c,
  title,
  hubs,
  busy,
  onDo,
  onClose,
}: Omit<Props, 'who'> & { title: string; hubs: Hub[] }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const only = hubs.length === 1 ? (hubs[0] ?? null) : null
  const [picked, setPicked] = useState<string | null>(only?.id ?? null)
  const [why, setWhy] = useState<Reason<Code>>({ code: null, text: '' })
  const { code } = why
  const reason = why.text.trim()
  const said = code !== null && (code !== 'other' || reason !== '')
  const outdates = c.consents.some(
    ({ kind, withdrawn_at, outdated_at }) =>
      kind !== 'emergency' && withdrawn_at === null && outdated_at === null,
  )
  return (
    <Dialog
      title={title}
      confirm={t('acts.verb.redirect')}
      busy={busy}
      refusal={picked && said ? null : t('acts.redirect.lacks')}
      onConfirm={() => picked && code && onDo({ act: 'redirect', hub_id: picked, code, reason })}
      onClose={onClose}
    >
      <Field label={t('acts.redirect.to')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            vertical
            value={picked}
            onChange={(event) => setPicked(event.target.value)}
            options={hubs.map((hub) => ({ value: hub.id, label: <HubLine hub={hub} /> }))}
          />
        )}
      </Field>
      <ReasonFields
        options={CODES.map((value) => ({ value, label: t(`acts.redirect_reasons.${value}`) }))}
        label={t(code === 'other' ? 'acts.redirect.words' : 'acts.note')}
        required={code === 'other'}
        reason={why}
        onReason={setWhy}
      />
      {outdates && (
        <Notice tone="urgent">
          {t('acts.redirect.consent', {
            here: hospital(c.hub_id),
            branch: hospital(c.branch_id),
          })}
        </Notice>
      )}
      <p className="secondary small">{t('acts.redirect.goes_on')}</p>
    </Dialog>
  )
}

function HubLine({ hub }: { hub: Hub }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const department = named({ name: hub.department, name_en: hub.department_en })
  return (
    <>
      {named(hub)}{' '}
      <span className="secondary small">
        {department ? t('acts.redirect.has', { department }) : t('acts.redirect.has_not')}
      </span>
    </>
  )
}
