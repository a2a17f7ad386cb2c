/** The next act as a filled button, the others behind "more", and the dialog before each. */
import { DownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useNow } from '../api/clock'
import { useSession } from '../api/session'
import { Menu } from '../kit/Menu'
import { usePatientWords } from '../kit/patient'
import { paths } from '../paths'
import { callAway } from './calledAway'
import { Invitation, isInvited, Propose } from './Invitation'
import { type Act, DANGER, next, pending } from './next'
import { isPlain, usePerform } from './perform'
import { useLeaving } from './useLeaving'
import { isAsked } from './useQuestion'
import { atOnce, type Consultation } from './view'

// The dialogs are loaded when first needed.
const ActDialog = lazy(() => import('./ActDialog'))

/** Acts that have a page of their own. */
const PAGES: Partial<Record<Act | 'enter', (id: string) => string>> = {
  enter: paths.room,
  submit: paths.request,
  book: paths.booking,
  rebook: paths.booking,
  sign: paths.opinion,
  acknowledge: (id) => `${paths.consultation(id)}#advice`,
}

/** What a preview offers beside the next act. */
const BESIDE: ReadonlySet<Act | 'enter'> = new Set(['return', 'decline', 'to_written'])

/** Acts after which the hub sees the case no longer. */
const LEAVES: ReadonlySet<Act> = new Set(['redirect', 'decline', 'cancel', 'miss'])

/** In minutes, so that the page is not drawn every second. */
const useMinute = () => Math.floor(useNow() / 60_000) * 60_000

export function useNext(c: Consultation) {
  const { actor, roles } = useSession()
  const now = useMinute()
  const ahead = pending(c.state, {
    lead: c.lead?.id === actor.id,
    requester: c.branch_id === actor.hospital_id && roles.includes('requesting_doctor'),
  })
  const takesPart =
    c.participants.some(({ person, role }) => person.id === actor.id && role !== 'guest') ||
    c.accompanying?.id === actor.id ||
    c.requester?.id === actor.id
  const { state, starts_at, actions, may_join, state_due_at } = c
  const late = state_due_at !== null && Date.parse(state_due_at) <= now
  return next(
    {
      state,
      starts_at,
      allowed: ahead ? [ahead, ...actions] : actions,
      settling: atOnce(c) && state === 'accepted' && !late,
      mayJoin: may_join,
      takesPart,
    },
    now,
  )
}

type Props = {
  consultation: Consultation
  onDone?: () => void
  /** An act for which the caller has a filled button of its own. */
  without?: Act
  /** Show the first of the others as a button too. */
  open?: boolean
}

/** The room of an emergency that this person takes; other tabs leave theirs. */
const calledTo = (id: string): string => {
  callAway(id)
  return paths.room(id)
}

export function Acts({ consultation: c, onDone, without, open = false }: Props) {
  const { t } = useTranslation()
  const { actor, roles } = useSession()
  const { brief } = usePatientWords()
  const navigate = useNavigate()
  const found = useNext(c)
  // An invited person answers first; the otherwise next act is behind "more".
  const invited = isInvited(c)
  const primary = found.primary === without || invited ? null : found.primary
  const beside = open ? (found.rest.find((act) => BESIDE.has(act)) ?? null) : null
  const rest = [...(invited && found.primary ? [found.primary] : []), ...found.rest].filter(
    (act) => act !== without && act !== beside && !(invited && act === 'unconfirm'),
  )
  const [asking, setAsking] = useState<Act | null>(null)
  const leads = roles.includes('expert')
  const perform = usePerform(c, (act) => {
    setAsking(null)
    onDone?.()
    if (act === 'take' && leads) void navigate(calledTo(c.id))
    // It is not the hub's any more, and this page no longer ours.
    if (LEAVES.has(act) && actor.hospital_id !== c.branch_id) void navigate(paths.home())
  })
  const [ask, question] = useLeaving(c.id, leads && c.actions.includes('take'))
  const label = (act: Act | 'enter') =>
    act === 'enter'
      ? t(c.state === 'scheduled' ? 'consultation.enter_waiting' : 'consultation.enter')
      : t(`acts.verb.${act}`)
  const choose = (act: Act | 'enter') => {
    const page = PAGES[act]
    if (page) void navigate(page(c.id))
    // An expert who takes a stat consultation leads it; a coordinator chooses the lead.
    else if (act === 'take' && leads) ask(() => perform.mutate({ act, lead_id: null }))
    else if (act !== 'enter' && isPlain(act) && !isAsked(act)) perform.mutate({ act })
    else if (act !== 'enter') setAsking(act)
  }
  const items = rest.map((act) => ({
    key: act,
    label: label(act),
    danger: act !== 'enter' && DANGER.has(act),
    onClick: () => choose(act),
  }))
  return (
    <>
      {items.length > 0 && (
        <Menu items={items}>
          <Button icon={<DownOutlined aria-hidden />} iconPlacement="end" aria-haspopup="menu">
            {t('consultation.more')}
          </Button>
        </Menu>
      )}
      {question}
      {beside && <Button onClick={() => choose(beside)}>{label(beside)}</Button>}
      {invited && <Invitation consultation={c} {...(onDone ? { onDone } : {})} />}
      {primary && (
        <Button
          type="primary"
          loading={perform.isPending && asking === null}
          onClick={() => choose(primary)}
        >
          {label(primary)}
        </Button>
      )}
      {asking === 'unconfirm' && (
        <Propose consultation={c} {...(onDone ? { onDone } : {})} onClose={() => setAsking(null)} />
      )}
      {asking && asking !== 'unconfirm' && (
        <Suspense fallback={null}>
          <ActDialog
            act={asking}
            consultation={c}
            who={c.patient ? brief(c.patient) : (c.number ?? '')}
            busy={perform.isPending}
            onDo={perform.mutate}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      )}
    </>
  )
}
