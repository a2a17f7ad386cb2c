/** The call of a device: who is on the other side, one's own picture, and what can be switched off. Nothing of the case. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../call'
import { useMedia } from '../room/visit/useVisit'
import { Video } from '../room/visit/Video'
import css from './screen.module.css'
import { type DeviceCall, useCallState } from './useCall'

export function CallBox({ made }: { made: DeviceCall }) {
  const { t } = useTranslation()
  const state = useCallState(made.call)
  if (!state) return null
  return (
    <section className={css.call} aria-label={t('devices.call.title')}>
      {state.phase === 'in' ? (
        <Inside made={made} state={state} />
      ) : (
        <p role="status">
          {t(state.phase === 'waiting' ? 'devices.call.waiting' : 'devices.call.connecting')}
        </p>
      )}
    </section>
  )
}

function Inside({ made: { media }, state }: { made: DeviceCall; state: CallState }) {
  const { t } = useTranslation()
  const { sources, stream } = useMedia(media)
  const other = state.people.find(({ id }) => state.mode.publishers.includes(id))
  const remote = other && state.remote[other.id]
  const off = (source: 'camera' | 'mic') => !sources[source] || sources[source].muted
  return (
    <>
      {other && remote ? (
        <figure className={css.other}>
          <Video stream={remote.stream} label={t('devices.call.of', { name: other.name })} />
          <figcaption>{other.name}</figcaption>
        </figure>
      ) : (
        <p role="status">{t('devices.call.alone')}</p>
      )}
      {!state.publishing && <p role="status">{t('devices.call.no_seat')}</p>}
      {state.publishing && !off('camera') && (
        <figure className={css.own}>
          <Video stream={stream} label={t('devices.call.own')} silent mirrored />
        </figure>
      )}
      <div className={css.foot}>
        <Button size="large" onClick={() => void media.mute('mic', !off('mic'))}>
          {t(off('mic') ? 'devices.call.mic_on' : 'devices.call.mic_off')}
        </Button>
        <Button size="large" onClick={() => void media.mute('camera', !off('camera'))}>
          {t(off('camera') ? 'devices.call.camera_on' : 'devices.call.camera_off')}
        </Button>
      </div>
    </>
  )
}
