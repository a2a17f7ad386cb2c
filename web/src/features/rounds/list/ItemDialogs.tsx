/** Confirming a patient for the round, with a consent or as an emergency, and taking one off the list. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { usePatientWords } from '../../../kit/patient'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useAct } from '../../../kit/useAct'
import { confirmItem, type Item, putForward, type Round, removeItem } from '../queries'

type Of = { round: Round; item: Item }
type Props = Of & { onClose: () => void }

const changesOf = ({ round, item }: Of) => ({ round: round.id, round_item: item.id }) as const

/** What brings a patient onto the round: confirming them or, once the list is locked, asking its lead to. */
export const bringsOn = ({ actions }: Item) =>
  (['confirm', 'put_forward'] as const).find((each) => actions.includes(each))
const RUN = { confirm: confirmItem, put_forward: putForward } as const
const DONE = { confirm: 'confirmed', put_forward: 'put_forward_done' } as const

type ConfirmProps = Of & { primary?: boolean; onDone?: () => void; onUnconsented?: () => void }

/** The server knows whether a consent of this stay is in force; where none is, it may be taken there. */
export function ConfirmButton({ round, item, primary, onDone, onUnconsented }: ConfirmProps) {
  const { t } = useTranslation()
  const how = bringsOn(item) ?? 'confirm'
  const act = useAct({
    run: () => RUN[how](item, ''),
    changes: changesOf({ round, item }),
    done: t(`rounds.item.${DONE[how]}`),
    ...(onDone ? { onDone } : {}),
    onProblem: ({ extra }) => {
      if (extra.reason !== 'no_consent' || !onUnconsented) return false
      onUnconsented()
      return true
    },
  })
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      loading={act.isPending}
      aria-label={t(`rounds.item.${how}_of`, { bed: item.bed })}
      onClick={() => act.mutate()}
    >
      {t(`rounds.item.${how}`)}
    </Button>
  )
}

function Whose({ item }: { item: Item }) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const name = item.patient ? brief(item.patient) : ''
  return <b>{t('rounds.item.title', { bed: item.bed, name })}</b>
}

export function EmergencyDialog({ round, item, onClose }: Props) {
  const { t } = useTranslation()
  const how = bringsOn(item) ?? 'confirm'
  const act = useAct({
    run: (words: string) => RUN[how](item, words),
    changes: changesOf({ round, item }),
    done: t(`rounds.item.${DONE[how]}`),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('rounds.item.emergency')}
      confirm={t('rounds.item.emergency')}
      danger
      about={
        <>
          <Whose item={item} />
          <Notice tone="urgent">{t('rounds.item.emergency_hint')}</Notice>
        </>
      }
      words={{ label: t('rounds.item.emergency_why'), required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('rounds.item.emergency_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}

/** A proposal is taken off without a word; whoever was confirmed, with a reason. */
export function RemoveDialog({ round, item, onClose }: Props) {
  const { t } = useTranslation()
  const required = item.state !== 'proposed'
  const hidesFromHub = required || item.put_forward
  const act = useAct({
    run: (reason: string) => removeItem(item, reason),
    changes: changesOf({ round, item }),
    done: t('rounds.item.removed'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('rounds.item.remove')}
      confirm={t('rounds.item.remove')}
      danger
      about={
        <>
          <Whose item={item} />
          {hidesFromHub && <p className="secondary">{t('rounds.item.remove_hint')}</p>}
        </>
      }
      words={{ label: t('rounds.why'), required, max: 200 }}
      refusal={({ reason }) => (reason || !required ? null : t('rounds.why_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}
