/** What is asked before the round is moved otherwise than to the next bed. */
import { Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import { Dialog } from '../../../kit/Dialog'
import { KeyList } from '../../../kit/KeyList'
import { usePeopleWords } from '../../../kit/people'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useLive } from './context'
import { KEYS } from './keys'
import css from './live.module.css'
import type { Item, Round } from './queries'

export type Opened = 'defer' | 'skip' | 'start' | 'hand_over' | 'end' | 'keys'

type Props = { round: Round; shown: Item | null; opened: Opened; onClose: () => void }

export function Dialogs({ round, shown, opened, onClose }: Props) {
  if (opened === 'keys') return <Keys onClose={onClose} />
  if (opened === 'hand_over') return <HandOver round={round} onClose={onClose} />
  if (opened === 'start') return <Start onClose={onClose} />
  if (opened === 'end') return <End round={round} onClose={onClose} />
  return shown && <PutOff kind={opened} item={shown} onClose={onClose} />
}

const WHY = {
  defer: ['away', 'procedure', 'not_ready', 'later'],
  skip: ['discharged', 'transferred', 'refused', 'no_question'],
} as const
type Code = (typeof WHY)[keyof typeof WHY][number]

type PutOffProps = { kind: 'defer' | 'skip'; item: Item; onClose: () => void }

/** 顺延 and 跳过: a usual reason, words, or both. */
function PutOff({ kind, item, onClose }: PutOffProps) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  const label = (code: Code) => t(`rounds_live.why.${code}`)
  const put = async (codes: Code[], words: string) => {
    const reason = [...codes.map(label), words].filter(Boolean).join(t('state.after_colon'))
    if (await act({ kind, item_id: item.id, reason: reason.slice(0, 200) })) onClose()
  }
  return (
    <ReasonDialog<Code>
      title={t(`rounds_live.${kind}.title`, { bed: item.bed })}
      confirm={t(`rounds_live.${kind}.confirm`)}
      about={<p>{t(`rounds_live.${kind}.hint`)}</p>}
      codes={{
        label: t('rounds_live.why.label'),
        options: WHY[kind].map((code) => ({ value: code, label: label(code) })),
      }}
      words={{ label: t('rounds_live.why.words'), rows: 2, max: 160 }}
      refusal={({ codes, reason }) =>
        codes.length > 0 || reason ? null : t('rounds_live.why.missing')
      }
      busy={pending(kind)}
      onDo={({ codes, reason }) => void put(codes, reason)}
      onClose={onClose}
    />
  )
}

function Start({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  return (
    <ReasonDialog
      title={t('rounds_live.start.title')}
      confirm={t('rounds_live.bar.start')}
      words={{
        label: t('rounds_live.start.why'),
        hint: t('rounds_live.start.hint'),
        rows: 2,
        required: true,
        max: 200,
      }}
      refusal={({ reason }) => (reason ? null : t('rounds_live.why.missing'))}
      busy={pending('start')}
      onDo={async ({ reason }) => {
        if (await act({ kind: 'start', reason })) onClose()
      }}
      onClose={onClose}
    />
  )
}

function End({ round, onClose }: { round: Round; onClose: () => void }) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  const left = round.items.filter(
    ({ state, gone }) => !gone && (state === 'confirmed' || state === 'deferred'),
  )
  const unread = round.items.reduce((sum, each) => sum + each.unread, 0)
  const end = async () => {
    if (await act({ kind: 'complete' })) onClose()
  }
  return (
    <Dialog
      title={t('rounds_live.end.title')}
      confirm={t('rounds_live.end.confirm')}
      busy={pending('complete')}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      <p>
        {left.length > 0
          ? t('rounds_live.end.left', { count: left.length })
          : t('rounds_live.end.all')}
      </p>
      {unread > 0 && <p className="soon">{t('rounds_live.end.unread', { count: unread })}</p>}
    </Dialog>
  )
}

function HandOver({ round, onClose }: { round: Round; onClose: () => void }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { withTitle } = usePeopleWords()
  const { act, pending } = useLive()
  const [to, setTo] = useState<string | null>(null)
  const others = round.pool.filter(({ id }) => id !== actor.id && id !== round.lead?.id)
  const give = async () => {
    if (to && (await act({ kind: 'hand_over', lead_id: to }))) onClose()
  }
  const missing =
    others.length === 0 ? t('rounds_live.hand_over.nobody') : t('rounds_live.hand_over.missing')
  return (
    <Dialog
      title={t('rounds_live.hand_over.title')}
      confirm={t('rounds_live.hand_over.confirm')}
      busy={pending('hand_over')}
      refusal={to ? null : missing}
      onConfirm={() => void give()}
      onClose={onClose}
    >
      <p>{t('rounds_live.hand_over.hint')}</p>
      <Radio.Group
        className={css.choices ?? ''}
        aria-label={t('rounds_live.hand_over.title')}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        options={others.map((each) => ({ value: each.id, label: withTitle(each) }))}
      />
    </Dialog>
  )
}

function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('rounds_live.keys.title')} onClose={onClose}>
      <KeyList
        keys={[
          ...KEYS.map(({ shown, word }) => ({ shown, says: t(`rounds_live.keys.${word}`) })),
          { shown: 'Alt 1–6', says: t('rounds_live.keys.kind') },
          { shown: '⏎', says: t('rounds_live.keys.give') },
        ]}
      />
    </Dialog>
  )
}
