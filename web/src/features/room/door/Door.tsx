/** The button to enter; after asking, what the person waits for. */

import { AudioOutlined, ClockCircleOutlined, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import type { Problem } from '../../../api/problem'
import type { CallState } from '../../../call'
import { useLeads } from '../../../consultation/leads'
import type { Consultation } from '../../../consultation/view'
import { useElapsed } from '../../../kit/Countdown'
import { Notice } from '../../../kit/Notice'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { useMine } from '../visit/useMine'
import { useMedia } from '../visit/useVisit'
import type { Visit } from '../visit/visit'
import { useWaitsFor } from '../visit/waitsFor'
import css from './lobby.module.css'

type Props = { visit: Visit; state: CallState | null; consultation: Consultation; testing: boolean }

export function Door({ visit, state, consultation: c, testing }: Props) {
  const { t } = useTranslation()
  const { lead, booked } = useMine(c)
  return (
    <Panel
      title={t('room.door.title')}
      extra={
        <Pill tone={booked ? 'done' : 'urgent'}>
          {t(booked ? 'room.door.booked' : 'room.door.not_booked')}
        </Pill>
      }
    >
      <div className={css.door}>
        {state ? (
          <Waiting
            state={state}
            refusal={visit.store.get().refusal}
            consultation={c}
            onLeave={() => visit.store.get().call?.leave()}
          />
        ) : (
          <Before visit={visit} consultation={c} lead={lead} booked={booked} testing={testing} />
        )}
        <p className="secondary small">{t('room.door.safe')}</p>
      </div>
    </Panel>
  )
}

type BeforeProps = Pick<Props, 'visit' | 'consultation' | 'testing'> & {
  lead: boolean
  booked: boolean
}

function Before({ visit, consultation: c, lead, booked, testing }: BeforeProps) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const leads = useLeads(c)
  const { mic, camera } = useMedia(visit.media).sources
  const kind = lead ? 'lead' : booked ? 'booked' : 'knock'
  const met = c.participants.some(({ role, present }) => role === 'lead' && present)
  const before = kind !== 'booked' ? kind : !c.lead ? 'calling' : met ? 'met' : 'booked'
  return (
    <>
      <p className="secondary">
        {t(`room.door.before.${before}`, {
          name: c.lead ? withTitle(c.lead) : '',
          ...leads,
        })}
      </p>
      <Button type="primary" size="large" block onClick={() => visit.join()}>
        {t(`room.door.enter.${before === 'met' ? 'lead' : kind}`)}
      </Button>
      {mic && camera && (
        <Button
          size="large"
          block
          icon={<AudioOutlined aria-hidden />}
          onClick={() => void visit.joinWithAudio()}
        >
          {t('room.door.audio')}
        </Button>
      )}
      {testing && <p className="secondary small">{t('room.door.testing')}</p>}
    </>
  )
}

type WaitingProps = {
  state: CallState
  refusal: Problem | null
  consultation: Consultation
  onLeave: () => void
}

function Waiting({ state, refusal, consultation: c, onLeave }: WaitingProps) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const leads = useLeads(c)
  const [since, setSince] = useState<string | null>(null)
  const { waiting, linked } = state
  const asked = waiting !== null
  useEffect(() => setSince(asked ? new Date(serverNow()).toISOString() : null), [asked])
  const gone = useElapsed(since)
  const stuck = useWaitsFor(state, refusal)
  if (!waiting)
    return (
      <>
        <p className="secondary" role="status">
          <LoadingOutlined aria-hidden /> {stuck ?? t('room.door.connecting')}
        </p>
        {stuck && (
          <Button block onClick={onLeave}>
            {t('room.bar.leave')}
          </Button>
        )}
      </>
    )
  const name = c.lead ? withTitle(c.lead) : ''
  const why = c.lead ? reason(state) : 'calling'
  return (
    <>
      <p className={css.waits} role="status">
        <ClockCircleOutlined aria-hidden />
        <b>{t(`room.door.wait.${why}`, { name, ...leads })}</b>
      </p>
      {waiting.held && waiting.words && (
        <Notice tone="info">{t('room.door.words', { words: waiting.words })}</Notice>
      )}
      <p className="secondary small">
        {t('room.door.waited', { time: gone })}
        {waiting.knocks && ` · ${t('room.door.place', { n: String(waiting.position) })}`}
      </p>
      {!linked && <Notice tone="urgent">{t('room.door.unlinked')}</Notice>}
      <Button block onClick={onLeave}>
        {t('room.door.leave')}
      </Button>
    </>
  )
}

/** Why the person must still wait. */
function reason({ waiting }: CallState): 'held' | 'lead' | 'opening' | 'knock_lead' | 'knock' {
  if (waiting?.held) return 'held'
  if (!waiting?.knocks) return waiting?.lead_here ? 'opening' : 'lead'
  return waiting.lead_here ? 'knock' : 'knock_lead'
}
