/** Everybody in the room, and what a lead may ask of them. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Call, CallState, Peer } from '../../../call'
import { AddExpert } from '../../../consultation/AddExpert'
import type { Consultation } from '../../../consultation/view'
import { Dialog } from '../../../kit/Dialog'
import { usePeers } from '../visit/usePeers'
import css from './sheet.module.css'

type Props = { call: Call; state: CallState; consultation: Consultation; onClose: () => void }

export function Members({ call, state, consultation: c, onClose }: Props) {
  const { t } = useTranslation()
  const moderates = state.rights.includes('admit')
  const all = state.me ? [state.me, ...state.people] : state.people
  return (
    <Dialog title={t('room.members.title', { n: String(all.length) })} onClose={onClose}>
      <ul>
        {all.map((peer) => (
          <Member
            key={peer.id}
            peer={peer}
            seated={state.mode.publishers.includes(peer.id)}
            consultation={c}
            call={moderates && peer.id !== state.self ? call : null}
          />
        ))}
      </ul>
      <AddExpert consultation={c} />
      {moderates && (
        <div>
          <Button onClick={() => call.lead.lock(!state.locked)}>
            {t(state.locked ? 'room.members.unlock' : 'room.members.lock')}
          </Button>
          <p className="secondary small">{t('room.members.lock_hint')}</p>
        </div>
      )}
    </Dialog>
  )
}

type MemberProps = { peer: Peer; seated: boolean; consultation: Consultation; call: Call | null }

function Member({ peer, seated, consultation, call }: MemberProps) {
  const { t } = useTranslation()
  const { name, title, from, part } = usePeers(consultation)(peer)
  const heard = peer.tracks.some(({ source, muted }) => source === 'mic' && !muted)
  return (
    <li className={css.person}>
      <span>
        <b>{name}</b> {title}
        <span className="secondary small">
          {[from, part, !seated && t('room.tile.no_media')].filter(Boolean).join(' · ')}
        </span>
      </span>
      {call && heard && (
        <Button size="small" onClick={() => call.lead.quieten(peer.id)}>
          {t('room.members.quieten')}
        </Button>
      )}
      {call && (
        <>
          <Button size="small" onClick={() => call.lead.hold(peer.id)}>
            {t('room.members.hold')}
          </Button>
          <Button size="small" danger onClick={() => call.lead.remove(peer.id)}>
            {t('room.members.remove')}
          </Button>
        </>
      )}
    </li>
  )
}
