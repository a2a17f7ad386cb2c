/** Asks who stands in for the lead expert or the accompanying physician, and why; shows who is free then. */
import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useNow } from '../api/clock'
import { standsForCentre, useSession } from '../api/session'
import { Dialog } from '../kit/Dialog'
import { Field } from '../kit/Field'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import { PickPerson, usePickable } from './PickPerson'
import type { Doing, ReplaceAct } from './perform'
import { roleQuery } from './queries'
import { type Reason, ReasonFields } from './ReasonFields'
import type { Consultation } from './view'

type Code = Schemas['Replace']['code']
const CODES: readonly Code[] = ['ill', 'emergency', 'off_duty', 'on_leave', 'unreachable', 'other']

/** States with a booked time, to which the substitute agrees or is invited. */
const BOOKED = new Set(['scheduling', 'scheduled', 'ready'])
/** What follows from it in this state. */
const FOLLOWS: { [state in Consultation['state']]?: 'draft' | 'signed' | 'meeting' } = {
  in_progress: 'meeting',
  answering: 'draft',
  signed: 'signed',
  acknowledged: 'signed',
  executing: 'signed',
  closed: 'signed',
  archived: 'signed',
}

type Props = {
  act: ReplaceAct
  consultation: Consultation
  busy: boolean
  onDo: (doing: Doing) => void
  onClose: () => void
}

export function ReplaceDialog({ act, consultation: c, busy, onDo, onClose }: Props) {
  const { t } = useTranslation()
  const { actor, roles } = useSession()
  const { withTitle } = usePeopleWords()
  const [picked, setPicked] = useState<string | null>(null)
  const [why, setWhy] = useState<Reason<Code>>({ code: null, text: '' })
  const [agreed, setAgreed] = useState(false)

  const leads = act === 'replace_lead'
  const hospital = leads ? c.hub_id : c.branch_id
  const before = leads ? c.lead : c.accompanying
  const found = useQuery(roleQuery(hospital, leads ? 'expert' : 'accompanying_physician'))
  // A dispatcher names somebody of their own department.
  const own = leads && !standsForCentre(roles) ? actor.department_id : null
  const options = usePickable(c, hospital, found.data, picked)
    .filter(({ value, department_id }) => value !== before?.id && (!own || department_id === own))
    .sort((a, b) => Number(Boolean(a.busy)) - Number(Boolean(b.busy)))
  const chosen = options.find(({ value }) => value === picked)
  const { asks, follows } = useFollows(c)
  return (
    <Dialog
      title={t(`acts.verb.${act}`)}
      confirm={t('answers.replace.confirm')}
      busy={busy}
      refusal={picked && why.code ? null : t('answers.replace.lacks')}
      onConfirm={() =>
        picked &&
        why.code &&
        onDo({ act, staff_id: picked, code: why.code, reason: why.text.trim(), agreed })
      }
      onClose={onClose}
    >
      {before && <p>{t('answers.replace.now', { who: withTitle(before) })}</p>}
      <Field label={t('answers.replace.by')} required>
        {({ id }) => (
          <PickPerson
            id={id}
            loading={found.isPending}
            picked={picked}
            onPick={setPicked}
            options={options}
          />
        )}
      </Field>
      {chosen?.busy && (
        <Notice tone="urgent">
          {t('consultation.expert_busy', { who: chosen.who, what: chosen.busy })}
        </Notice>
      )}
      <ReasonFields
        options={CODES.map((value) => ({ value, label: t(`acts.replace_reasons.${value}`) }))}
        label={t('acts.note')}
        reason={why}
        onReason={setWhy}
      />
      {asks && (
        <Checkbox checked={agreed} onChange={(event) => setAgreed(event.target.checked)}>
          {t('answers.replace.agreed')}
        </Checkbox>
      )}
      {asks && !agreed && <p className="secondary small">{t('answers.replace.asked')}</p>}
      {follows && <p className="secondary small">{t(`answers.replace.${follows}`)}</p>}
    </Dialog>
  )
}

/** Whether the substitute is asked first, and what follows: once it should have begun they are called in. */
function useFollows({ state, starts_at }: Consultation) {
  const now = useNow()
  const booked = BOOKED.has(state)
  const begins = state !== 'scheduling' && starts_at !== null && Date.parse(starts_at) <= now
  const follows = booked && begins ? ('called' as const) : FOLLOWS[state]
  return { asks: booked && !begins, follows }
}
