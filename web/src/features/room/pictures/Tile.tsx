/** A person's video, with name, role and state of their connection. */
import {
  AudioMutedOutlined,
  AudioOutlined,
  LoadingOutlined,
  UserOutlined,
  WifiOutlined,
} from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { CallState, Peer } from '../../../call'
import { type Meeting, usePeers } from '../visit/usePeers'
import { Video } from '../visit/Video'
import css from './tiles.module.css'

type Props = { state: CallState; consultation: Meeting }

const shownIn = (peer: Peer, source: 'camera' | 'mic') => {
  const track = peer.tracks.find((each) => each.source === source)
  return track !== undefined && !track.muted
}

function Marks({ peer, speaking }: { peer: Peer; speaking: boolean }) {
  const { t } = useTranslation()
  const heard = shownIn(peer, 'mic')
  return (
    <span className={css.marks}>
      {!heard && (
        <span className={css.muted}>
          <AudioMutedOutlined aria-hidden /> {t('room.tile.muted')}
        </span>
      )}
      {speaking && heard && (
        <span className={css.speaks}>
          <AudioOutlined aria-hidden /> {t('room.tile.speaking')}
        </span>
      )}
      {peer.level && (
        <span className={css[peer.level]}>
          <WifiOutlined aria-hidden /> {t(`room.tile.level.${peer.level}`)}
        </span>
      )}
    </span>
  )
}

type CaptionProps = { peer: Peer; consultation: Meeting; own?: boolean }

/** The caption; one's own small picture only has the role. */
function Caption({ peer, consultation, own = false }: CaptionProps) {
  const { name, title, from, part } = usePeers(consultation)(peer)
  return (
    <p className={css.caption}>
      <b>{name}</b> {title}
      <span>{[!own && from, part].filter(Boolean).join(' · ')}</span>
    </p>
  )
}

/** The person in the other media seat, large. */
export function PeerTile({ peer, state, consultation }: Props & { peer: Peer }) {
  const { t } = useTranslation()
  const { name } = usePeers(consultation)(peer)
  const remote = state.remote[peer.id]
  const camera = shownIn(peer, 'camera')
  const speaking = state.speakers.includes(peer.id)
  const lost =
    peer.state === 'reconnecting' ||
    remote?.connection === 'failed' ||
    remote?.connection === 'disconnected'
  return (
    <figure
      className={`${css.tile} ${css.large}`}
      data-large
      data-speaking={speaking}
      aria-label={t('room.tile.of', { name })}
    >
      {remote && (
        <Video
          stream={remote.stream}
          label={t('room.tile.video', { name })}
          hidden={!camera}
          speaker={state.local.speaker}
        />
      )}
      {!(remote && camera) && (
        <span className={css.blank}>
          <UserOutlined aria-hidden />
          {state.publishing && t(camera ? 'room.tile.connecting' : 'room.tile.camera_off')}
        </span>
      )}
      {lost && (
        <span className={css.lost} role="status">
          <LoadingOutlined aria-hidden /> {t('room.tile.reconnecting')}
        </span>
      )}
      <Marks peer={peer} speaking={speaking} />
      <Caption peer={peer} consultation={consultation} />
    </figure>
  )
}

export function OwnTile({ state, consultation }: Props) {
  const { t } = useTranslation()
  const { me, local, speakers, self } = state
  const { camera, mic } = local.sources
  if (!me) return null
  const seen = camera !== undefined && !camera.muted
  return (
    <figure
      className={`${css.tile} ${css.small}`}
      data-speaking={self !== null && speakers.includes(self)}
      aria-label={t('room.tile.own')}
    >
      {camera && (
        <Video stream={local.stream} label={t('room.own.title')} silent mirrored hidden={!seen} />
      )}
      {!seen && (
        <span className={css.blank}>
          <UserOutlined aria-hidden />
          {t(camera ? 'room.own.off' : 'room.own.none')}
        </span>
      )}
      <span className={css.marks}>
        {(!mic || mic.muted) && (
          <span className={css.muted}>
            <AudioMutedOutlined aria-hidden /> {t(mic ? 'room.tile.muted' : 'room.tile.no_mic')}
          </span>
        )}
        {local.sources.screen && <span className={css.speaks}>{t('room.tile.sharing')}</span>}
      </span>
      <Caption peer={me} consultation={consultation} own />
    </figure>
  )
}
