/** Lines that everybody in the room must know now; none if all is well. */

import { DisconnectOutlined, PauseCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Call, CallState, LocalMedia } from '../../../call'
import { useLeads } from '../../../consultation/leads'
import { useReasonWords } from '../../../consultation/reasonWords'
import { useIdentityChange } from '../../../consultation/useIdentityChange'
import type { Consultation } from '../../../consultation/view'
import { Countdown } from '../../../kit/Countdown'
import { usePeopleWords } from '../../../kit/people'
import { OneSided } from '../visit/OneSided'
import { Problems } from '../visit/Problems'
import { EndStrip } from './EndStrip'
import { KnockStrip, knocks } from './Knock'
import css from './room.module.css'
import { StartStrip } from './StartStrip'
import { Supplements } from './Supplements'
import { Unseated } from './Unseated'

type Props = {
  call: Call
  state: CallState
  media: LocalMedia
  consultation: Consultation
  /** Whether the video is hidden, and with it the card of who knocks; else this stands below it. */
  videoAway: boolean
  /** Shows the packet beside the study. */
  onPacket: () => void
}

/** States before the start, in which people or the gate are waited for. */
const BEFORE = new Set(['scheduled', 'ready', 'accepted', 'approved'])

export function Strips({ call, state, media, consultation: c, videoAway, onPacket }: Props) {
  const { t } = useTranslation()
  const leads = useLeads(c)
  const identity = useIdentityChange(c)
  const reasonWords = useReasonWords()
  const { withTitle } = usePeopleWords()
  const away = c.state_reason === 'called_away' && c.lead ? withTitle(c.lead) : null
  return (
    <div className={videoAway ? css.strips : `${css.strips} ${css.cards}`}>
      {!state.linked && (
        <p className={`${css.strip} ${css.urgent}`} role="status">
          <DisconnectOutlined aria-hidden /> {t('room.strip.unlinked')}
        </p>
      )}
      {c.state === 'interrupted' && (
        <p className={`${css.strip} ${css.stat}`} role="alert">
          <PauseCircleOutlined aria-hidden /> <b>{t('consultation.state.interrupted')}</b>
          {away ? (
            <span>
              <b>{t('room.strip.called_away', { name: away })}</b>{' '}
              {t('room.strip.called_away_hint')}
            </span>
          ) : (
            <>
              {c.state_reason && <span>{reasonWords(c.state_reason)}</span>}
              {t('room.strip.resumes', leads)}
            </>
          )}
          {c.state_due_at && (
            <span className="push">
              <Countdown due={c.state_due_at} since={c.state_since} />
            </span>
          )}
        </p>
      )}
      <EndStrip consultation={c} />
      {BEFORE.has(c.state) && <Missing state={state} consultation={c} />}
      {identity && (
        <p className={`${css.strip} ${css.urgent}`} role="alert">
          <WarningOutlined aria-hidden />
          <span>
            <b>{identity.what}</b> {identity.todo}
          </span>
        </p>
      )}
      <Supplements consultation={c} onPacket={onPacket} />
      {state.unseated && <Unseated consultation={c} />}
      {state.publishing && <Problems media={media} />}
      <Unconnected state={state} />
      {videoAway &&
        knocks(state).map((each) => (
          <KnockStrip key={each.id} peer={each} call={call} consultation={c} />
        ))}
    </div>
  )
}

/** Picture and sound could not be negotiated; only reloading helps. */
function Unconnected({ state }: { state: CallState }) {
  const { t } = useTranslation()
  const connected = Object.values(state.remote).some(({ connection }) => connection === 'connected')
  if (state.problem?.code !== 'webrtc' || !state.publishing || connected) return null
  return (
    <div className={`${css.strip} ${css.urgent}`} role="alert">
      <DisconnectOutlined aria-hidden /> <span>{t('room.strip.unconnected')}</span>
      <Button className="push" onClick={() => window.location.reload()}>
        {t('room.left.again')}
      </Button>
    </div>
  )
}

/** The people or items that the start waits for. Who is in says the room: the record of it comes seconds later. */
function Missing({ state, consultation: c }: Pick<Props, 'state' | 'consultation'>) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const here = (role: 'lead' | 'accompanying') =>
    [state.me, ...state.people].some((peer) => peer && peer.sub === c[role]?.id)
  const awaited = (['lead', 'accompanying'] as const).filter((role) => !here(role))
  if (awaited.length === 0) return <StartStrip consultation={c} />
  const names = awaited.map((role) => {
    const person = c[role]
    const part = t(`consultation.part.${role}`)
    return person ? `${part} ${withTitle(person)}` : part
  })
  return (
    <p className={`${css.strip} ${css.info}`} role="status">
      {t('room.strip.awaits', { who: names.join(t('state.comma')) })}
      <OneSided consultation={c} />
    </p>
  )
}
