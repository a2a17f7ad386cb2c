/** Beside the shared images: who is there, the two with sound and picture, what is asked, and the chat. */
import {
  AudioMutedOutlined,
  AudioOutlined,
  DesktopOutlined,
  VideoCameraAddOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Call, CallState, LocalMedia, Peer } from '../../../call'
import { Notice } from '../../../kit/Notice'
import { paths } from '../../../paths'
import { ChatPanel } from '../../room/panels/ChatPanel'
import { OwnTile, PeerTile } from '../../room/pictures/Tile'
import { type Meeting, usePeers } from '../../room/visit/usePeers'
import type { Reading } from '../queries'
import { useReadingWords } from '../words'
import { InviteDialog } from './InviteDialog'
import type { Together } from './queries'
import css from './together.module.css'

type Props = {
  reading: Reading
  meeting: Meeting
  /** Null until it has been read. */
  together: Together | null
  call: Call
  state: CallState
  media: LocalMedia
}

export function Aside({ reading, meeting, together, call, state, media }: Props) {
  const { t } = useTranslation()
  const words = useReadingWords()
  const navigate = useNavigate()
  const [inviting, setInviting] = useState(false)
  // The visit ends with the page, which asks first if something is not saved.
  const leave = () => void navigate(paths.reading(reading.id))
  return (
    <aside className={css.aside} aria-label={t('reading.together.title')}>
      <header className={css.head}>
        <b>{t('reading.together.people', { count: state.people.length + 1 })}</b>
        <span className={css.ways}>
          <Button size="small" type="primary" onClick={() => setInviting(true)}>
            {t('reading.together.invite')}
          </Button>
          <Button size="small" onClick={leave}>
            {t('reading.together.leave')}
          </Button>
        </span>
      </header>
      {reading.recalled && <Notice tone="stat">{t('reading.recalled')}</Notice>}
      <Seats state={state} media={media} meeting={meeting} />
      <People state={state} meeting={meeting} />
      <section className={css.asked} aria-label={t('reading.question')}>
        <b>{t('reading.question')}</b> {reading.question}
        {reading.issued_at && <p className="secondary small">{words.state(reading)}</p>}
      </section>
      <div className={css.chat}>
        <ChatPanel
          call={call}
          state={state}
          consultation={meeting}
          label={t('reading.together.write')}
        />
      </div>
      {inviting && (
        <InviteDialog reading={reading} together={together} onClose={() => setInviting(false)} />
      )}
    </aside>
  )
}

const isOn = (source: { muted: boolean } | undefined): boolean =>
  source !== undefined && !source.muted

type SeatsProps = { state: CallState; media: LocalMedia; meeting: Meeting }

/** Who has a seat decides by themselves whether they are heard and seen; nothing opens with the page. */
function Seats({ state, media, meeting }: SeatsProps) {
  const { t } = useTranslation()
  const { publishing, people, mode, local } = state
  if (!publishing) return <p className={css.note}>{t('reading.together.no_seat')}</p>
  const other = people.find(({ id }) => mode.publishers.includes(id))
  const { mic, camera } = local.sources
  const problem = local.problems.mic ?? local.problems.camera
  return (
    <section className={css.seats} aria-label={t('reading.together.media')}>
      <p className={css.note}>{t('reading.together.seat')}</p>
      {other && other.tracks.length > 0 && (
        <PeerTile peer={other} state={state} consultation={meeting} />
      )}
      {(mic || camera) && <OwnTile state={state} consultation={meeting} />}
      <div className={css.ways}>
        <Button
          size="small"
          icon={isOn(mic) ? <AudioOutlined aria-hidden /> : <AudioMutedOutlined aria-hidden />}
          onClick={() => void media.mute('mic', isOn(mic))}
        >
          {t(isOn(mic) ? 'room.bar.mute' : mic ? 'room.bar.unmute' : 'room.bar.mic_on')}
        </Button>
        <Button
          size="small"
          icon={
            isOn(camera) ? (
              <VideoCameraOutlined aria-hidden />
            ) : (
              <VideoCameraAddOutlined aria-hidden />
            )
          }
          onClick={() => void media.mute('camera', isOn(camera))}
        >
          {t(isOn(camera) ? 'room.bar.camera_off' : 'room.bar.camera_on')}
        </Button>
      </div>
      {problem && <Notice tone="urgent">{t('reading.together.device')}</Notice>}
    </section>
  )
}

function People({ state, meeting }: { state: CallState; meeting: Meeting }) {
  const { t } = useTranslation()
  const all = state.me ? [state.me, ...state.people] : state.people
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard
    <ul className={css.people} tabIndex={0} aria-label={t('reading.together.here')}>
      {all.map((peer) => (
        <Person key={peer.id} peer={peer} state={state} meeting={meeting} />
      ))}
    </ul>
  )
}

type PersonProps = { peer: Peer; state: CallState; meeting: Meeting }

function Person({ peer, state, meeting }: PersonProps) {
  const { t } = useTranslation()
  const { name, title, from } = usePeers(meeting)(peer)
  const marks = [
    peer.id === state.self && t('reading.together.me'),
    peer.role === 'reader' && t('reading.together.writes'),
    state.mode.publishers.includes(peer.id) && t('reading.together.seated'),
    peer.state === 'reconnecting' && t('room.tile.reconnecting'),
  ]
  return (
    <li>
      {state.presenter === peer.id && <DesktopOutlined aria-hidden className={css.presents} />}
      <b>{name}</b> {title}
      <span className="secondary small">{[from, ...marks].filter(Boolean).join(' · ')}</span>
    </li>
  )
}
